import { apiServerFlags } from '../shared/api-server.ts';

export const auditLogPath = apiServerFlags.required({
  id: 'api-server/audit-log-path',
  title: 'The API server writes an audit log',
  severity: 'high',
  why: 'Without an audit log nobody can tell afterwards who changed or read what in the cluster.',
  repair:
    'Set `--audit-log-path`, e.g. /var/log/kubernetes/audit.log, in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), together with `--audit-policy-file` and a volume for the folder that can be written (`apiServer.extraVolumes` of kubeadm).',
  flags: ['audit-log-path'],
});
