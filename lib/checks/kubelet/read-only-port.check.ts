import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const readOnlyPort = kubeletCheck({
  id: 'kubelet/read-only-port',
  title: 'The read-only port of kubelets is closed',
  severity: 'high',
  why: 'The port answers anybody, over plain HTTP, with the pods of the node and their environment.',
  repair:
    'Remove `readOnlyPort` (or set it to 0) in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), and the flag `--read-only-port` of the kubelet, then restart it.',
  fields: { readOnlyPort: (kubelet) => kubelet.readOnlyPort },
  judge: ({ readOnlyPort: port }) =>
    port === 0 ? holds('The read-only port is closed.') : fails(`The kubelet serves everybody on its read-only port ${port}.`),
});
