import { controllerManagerFlags } from '../shared/controller-manager.ts';

export const serviceAccountPrivateKeyFile = controllerManagerFlags.required({
  id: 'controller-manager/service-account-private-key-file',
  title: 'ServiceAccount tokens are signed with a key of their own',
  severity: 'medium',
  why: 'A key of its own can be renewed without touching the keys that TLS depends on.',
  repair:
    'Set `--service-account-private-key-file=/etc/kubernetes/pki/sa.key` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flags: ['service-account-private-key-file'],
});
