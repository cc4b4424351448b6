import { authorizationCheck } from '../shared/authorization.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const authorizationNotAlwaysAllow = authorizationCheck(
  {
    id: 'api-server/authorization-not-always-allow',
    title: 'The API server does not authorise everything',
    severity: 'critical',
    why: 'With AlwaysAllow every caller with any credential may do everything.',
    repair:
      'Set `--authorization-mode=Node,RBAC` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config); without the flag the default is AlwaysAllow.',
  },
  (modes) =>
    modes.includes('AlwaysAllow')
      ? fails('Every request is authorised (AlwaysAllow).')
      : holds(`Requests are authorised by ${modes.join(', ')}.`),
);
