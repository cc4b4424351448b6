import { admissionPluginCheck } from '../shared/api-server.ts';

export const denyServiceExternalIps = admissionPluginCheck({
  id: 'api-server/deny-service-external-ips',
  title: 'Services cannot claim external addresses',
  severity: 'medium',
  why: 'Whoever may create a Service can otherwise claim any address in `externalIPs` and draw the traffic of other workloads to its own pods.',
  repair:
    'Add DenyServiceExternalIPs to `--enable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), or forbid the field by a ValidatingAdmissionPolicy and waive this finding.',
  plugin: 'DenyServiceExternalIPs',
});
