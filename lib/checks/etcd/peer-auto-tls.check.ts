import { etcdFlags } from '../shared/etcd.ts';

export const peerAutoTls = etcdFlags.boolean({
  id: 'etcd/peer-auto-tls',
  title: 'etcd makes no self-signed certificates for members',
  severity: 'high',
  why: 'Members cannot verify certificates that were made up on the spot, so a stranger can join or listen.',
  repair:
    'Remove `--peer-auto-tls` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config) and give `--peer-cert-file` and `--peer-key-file` instead.',
  flag: 'peer-auto-tls',
  fallback: false,
  want: false,
});
