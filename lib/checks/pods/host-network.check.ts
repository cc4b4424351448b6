import { podSecurityCheck } from '../shared/pod-security.ts';

export const hostNetwork = podSecurityCheck({
  name: 'host-network',
  title: "Namespaces keep out pods that share the node's network",
  severity: 'high',
  level: 'baseline',
  doing: "share the node's network",
  offends: ({ hostNetwork }) => (hostNetwork ? [{ looked: 'spec.hostNetwork', found: 'true' }] : []),
  why: "A pod with hostNetwork reaches what listens on the node's loopback, can listen in on its traffic, and no NetworkPolicy applies to it.",
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and take `hostNetwork: true` out of the pods, or move network agents that need it to a namespace of their own.',
});
