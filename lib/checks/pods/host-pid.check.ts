import { podSecurityCheck } from '../shared/pod-security.ts';

export const hostPid = podSecurityCheck({
  name: 'host-pid',
  title: "Namespaces keep out pods that share the node's processes",
  severity: 'high',
  level: 'baseline',
  doing: "share the node's process ids",
  offends: ({ hostPID }) => (hostPID ? [{ looked: 'spec.hostPID', found: 'true' }] : []),
  why: 'A pod with hostPID sees every process of the node, with its environment and open files, and can signal those of the same user.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and take `hostPID: true` out of the pods, or move node agents that need it to a namespace of their own.',
});
