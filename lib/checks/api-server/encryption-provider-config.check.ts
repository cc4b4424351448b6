import { apiServerFlags } from '../shared/api-server.ts';

export const encryptionProviderConfig = apiServerFlags.required({
  id: 'api-server/encryption-provider-config',
  title: 'Encryption at rest is configured',
  severity: 'high',
  why: 'Without it Secrets lie unencrypted in etcd, in its backups and on its disks.',
  repair:
    'Write an EncryptionConfiguration, the same on every control-plane node, into a folder that the pod of the API server mounts (`apiServer.extraVolumes` of kubeadm), set `--encryption-provider-config` to its path in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), then rewrite all Secrets so that they become encrypted.',
  flags: ['encryption-provider-config'],
});
