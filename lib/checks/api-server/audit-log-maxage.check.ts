import { auditLimitCheck } from '../shared/api-server.ts';

export const auditLogMaxage = auditLimitCheck({
  id: 'api-server/audit-log-maxage',
  title: 'Audit logs are kept for at least 30 days',
  severity: 'low',
  why: 'An intrusion is often found weeks later; by then the log of that day must still be there.',
  repair:
    'Set `--audit-log-maxage=30` or more in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), with `--audit-log-path` set as well.',
  flag: 'audit-log-maxage',
  least: 30,
  byDefault: 366,
  unit: 'days',
});
