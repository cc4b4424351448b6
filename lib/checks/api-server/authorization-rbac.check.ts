import { authorizationCheck } from '../shared/authorization.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const authorizationRbac = authorizationCheck(
  {
    id: 'api-server/authorization-rbac',
    title: 'The RBAC authoriser is in use',
    severity: 'high',
    why: 'Without RBAC rights cannot be given or withdrawn through the API, and nobody can see who may do what.',
    repair:
      'Set `--authorization-mode=Node,RBAC` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  },
  (modes) =>
    modes.includes('RBAC')
      ? holds(`The authorisers are ${modes.join(', ')}.`)
      : fails(`The RBAC authoriser is not among the authorisers (${modes.join(', ')}).`),
);
