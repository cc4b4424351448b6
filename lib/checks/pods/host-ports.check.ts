import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

export const hostPorts = podSecurityCheck({
  name: 'host-ports',
  title: 'Namespaces keep out containers that take ports of the node',
  severity: 'medium',
  level: 'baseline',
  doing: 'take ports of the node',
  offends: eachContainer('hostPort', ({ hostPorts }) => (hostPorts.length > 0 ? hostPorts.join(', ') : undefined)),
  why: "A host port opens the container on the node's own addresses, past Services and NetworkPolicies, and ties it to nodes where the port is free.",
  repair: 'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and reach the pods through a Service instead of `hostPort`.',
});
