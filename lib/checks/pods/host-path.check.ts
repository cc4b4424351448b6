import { podSecurityCheck } from '../shared/pod-security.ts';

export const hostPath = podSecurityCheck({
  name: 'host-path',
  title: 'Namespaces keep out pods that mount folders of the node',
  severity: 'high',
  level: 'baseline',
  doing: 'mount folders of the node',
  offends: ({ hostPaths }) => hostPaths.map((path) => ({ looked: 'hostPath volume', found: path })),
  why: "A hostPath volume shows a pod the node's own files: keys of the kubelet, sockets of the runtime, logs and volumes of other pods.",
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and use claims, ConfigMaps or emptyDir volumes instead; move node agents that need hostPath to a namespace of their own.',
});
