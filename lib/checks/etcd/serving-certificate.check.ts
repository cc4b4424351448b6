import { etcdTlsCheck } from '../shared/etcd.ts';

export const servingCertificate = etcdTlsCheck({
  id: 'etcd/serving-certificate',
  title: 'etcd serves clients over TLS only',
  severity: 'critical',
  why: 'Everything the cluster stores, Secrets included, passes between the API server and etcd.',
  repair:
    'Set `--cert-file` and `--key-file` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config), and let every URL of `--listen-client-urls` begin with https.',
  flags: ['cert-file', 'key-file'],
  listen: 'listen-client-urls',
});
