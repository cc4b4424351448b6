import { authorizationCheck } from '../shared/authorization.ts';
import { fails, holds } from '../shared/flag-check.ts';

export const authorizationNode = authorizationCheck(
  {
    id: 'api-server/authorization-node',
    title: 'The Node authoriser is in use',
    severity: 'high',
    why: 'Without the Node authoriser kubelets need wide roles, and a taken-over node may read the Secrets of all the others.',
    repair:
      'Set `--authorization-mode=Node,RBAC` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  },
  (modes) =>
    modes.includes('Node')
      ? holds(`The authorisers are ${modes.join(', ')}.`)
      : fails(`The Node authoriser is not among the authorisers (${modes.join(', ')}).`),
);
