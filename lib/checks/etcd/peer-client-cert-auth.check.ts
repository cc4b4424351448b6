import { etcdClientAuthCheck } from '../shared/etcd.ts';

export const peerClientCertAuth = etcdClientAuthCheck({
  id: 'etcd/peer-client-cert-auth',
  title: 'etcd members are told to demand certificates of each other',
  severity: 'high',
  why: 'Without it a stranger can join as a member and be sent everything the cluster stores.',
  repair:
    'Set `--peer-client-cert-auth=true` and `--peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flag: 'peer-client-cert-auth',
  listen: 'listen-peer-urls',
});
