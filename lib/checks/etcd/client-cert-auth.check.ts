import { etcdClientAuthCheck } from '../shared/etcd.ts';

export const clientCertAuth = etcdClientAuthCheck({
  id: 'etcd/client-cert-auth',
  title: 'etcd is told to demand client certificates',
  severity: 'critical',
  why: 'Whoever reaches an etcd that asks for no certificate reads and changes everything in the cluster, past the API server and its audit log.',
  repair:
    'Set `--client-cert-auth=true` and `--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt` in /etc/kubernetes/manifests/etcd.yaml (with kubeadm also in the ConfigMap kubeadm-config), and let every URL of `--listen-client-urls` begin with https.',
  flag: 'client-cert-auth',
  listen: 'listen-client-urls',
});
