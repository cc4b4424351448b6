import { apiServerFlags } from '../shared/api-server.ts';

export const auditPolicyFile = apiServerFlags.required({
  id: 'api-server/audit-policy-file',
  title: 'The API server has an audit policy',
  severity: 'high',
  why: 'Without a policy the API server records nothing, whatever log it is told to write.',
  repair:
    'Write an audit policy on every control-plane node, into a folder that the pod of the API server mounts (`apiServer.extraVolumes` of kubeadm), and set `--audit-policy-file` to its path in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flags: ['audit-policy-file'],
});
