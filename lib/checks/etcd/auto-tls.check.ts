import { etcdFlags } from '../shared/etcd.ts';

export const autoTls = etcdFlags.boolean({
  id: 'etcd/auto-tls',
  title: 'etcd makes no self-signed certificates for clients',
  severity: 'high',
  why: 'Nobody can verify a certificate that etcd made up itself, so clients cannot tell whom they give their data to.',
  repair:
    'Remove `--auto-tls` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config) and give `--cert-file` and `--key-file` instead.',
  flag: 'auto-tls',
  fallback: false,
  want: false,
});
