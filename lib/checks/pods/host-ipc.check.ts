import { podSecurityCheck } from '../shared/pod-security.ts';

export const hostIpc = podSecurityCheck({
  name: 'host-ipc',
  title: "Namespaces keep out pods that share the node's inter-process communication",
  severity: 'high',
  level: 'baseline',
  doing: "share the node's inter-process communication",
  offends: ({ hostIPC }) => (hostIPC ? [{ looked: 'spec.hostIPC', found: 'true' }] : []),
  why: 'A pod with hostIPC reads and writes the shared memory of processes on the node and of other such pods.',
  repair: 'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and take `hostIPC: true` out of the pods.',
});
