import { auditLimitCheck } from '../shared/api-server.ts';

export const auditLogMaxbackup = auditLimitCheck({
  id: 'api-server/audit-log-maxbackup',
  title: 'At least ten rotated audit logs are kept',
  severity: 'low',
  why: 'With few files a burst of requests, made on purpose or not, pushes the interesting entries out of the log.',
  repair:
    'Set `--audit-log-maxbackup=10` or more in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), with `--audit-log-path` set as well.',
  flag: 'audit-log-maxbackup',
  least: 10,
  byDefault: 100,
  unit: 'files',
});
