import { admissionPluginCheck } from '../shared/api-server.ts';

export const namespaceLifecycle = admissionPluginCheck({
  id: 'api-server/namespace-lifecycle',
  title: 'Admission refuses objects in missing or ending namespaces',
  severity: 'medium',
  why: 'Without the plugin objects can be made in namespaces that are being deleted or do not exist, where no policy looks after them, and the namespaces of the system can be deleted.',
  repair:
    'Remove NamespaceLifecycle from `--disable-admission-plugins` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  plugin: 'NamespaceLifecycle',
  isDefault: true,
});
