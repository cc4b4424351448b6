import { auditLimitCheck } from '../shared/api-server.ts';

export const auditLogMaxsize = auditLimitCheck({
  id: 'api-server/audit-log-maxsize',
  title: 'Audit logs grow to at least 100 MB before they are rotated',
  severity: 'low',
  why: 'Small files are rotated away quickly, so that the log covers less time than it seems to.',
  repair:
    'Set `--audit-log-maxsize=100` or more in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), with `--audit-log-path` set as well.',
  flag: 'audit-log-maxsize',
  least: 100,
  byDefault: 100,
  unit: 'MB',
});
