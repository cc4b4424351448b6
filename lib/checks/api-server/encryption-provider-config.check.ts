import { apiServerFlags } from '../shared/api-server.ts';

export const encryptionProviderConfig = apiServerFlags.required({
  id: 'api-server/encryption-provider-config',
  title: 'Encryption at rest is configured',
  severity: 'high',
  why: 'Without it Secrets lie unencrypted in etcd, in its backups and on its disks.',
  repair:
    'Write an EncryptionConfiguration, set `--encryption-provider-config` to its path in /etc/kubernetes/manifests/kube-apiserver.yaml, then rewrite all Secrets so that they become encrypted.',
  flags: ['encryption-provider-config'],
});
