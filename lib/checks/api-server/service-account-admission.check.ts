import { admissionPluginCheck } from '../shared/api-server.ts';

export const serviceAccountAdmission = admissionPluginCheck({
  id: 'api-server/service-account-admission',
  title: 'Admission gives every pod a ServiceAccount',
  severity: 'medium',
  why: 'Without the plugin pods run without an identity of their own, so nothing they do can be told apart or limited.',
  repair:
    'Remove ServiceAccount from `--disable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  plugin: 'ServiceAccount',
  isDefault: true,
});
