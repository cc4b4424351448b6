import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const anonymousAuth = kubeletCheck({
  id: 'kubelet/anonymous-auth',
  title: 'Kubelets turn callers without credentials away',
  severity: 'critical',
  why: 'Whoever reaches an open kubelet may list its pods, read their logs and run commands in them.',
  repair:
    'Set `authentication.anonymous.enabled: false` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), then restart the kubelet.',
  fields: { 'authentication.anonymous.enabled': (kubelet) => kubelet.anonymous },
  judge: ({ anonymous }) =>
    anonymous ? fails('The kubelet lets callers without credentials in.') : holds('The kubelet turns callers without credentials away.'),
});
