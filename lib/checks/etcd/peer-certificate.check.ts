import { etcdTlsCheck } from '../shared/etcd.ts';

export const peerCertificate = etcdTlsCheck({
  id: 'etcd/peer-certificate',
  title: 'etcd members speak TLS only',
  severity: 'high',
  why: 'Members send each other everything the cluster stores, Secrets included.',
  repair:
    'Set `--peer-cert-file` and `--peer-key-file` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config), and let every URL of `--listen-peer-urls` begin with https.',
  flags: ['peer-cert-file', 'peer-key-file'],
  listen: 'listen-peer-urls',
});
