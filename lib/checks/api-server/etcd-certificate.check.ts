import { apiServerFlags } from '../shared/api-server.ts';

export const etcdCertificate = apiServerFlags.required({
  id: 'api-server/etcd-certificate',
  title: 'The API server shows etcd a client certificate',
  severity: 'high',
  why: 'All Secrets of the cluster are in etcd, which can only turn strangers away when the API server proves who it is.',
  repair:
    'Set `--etcd-certfile` and `--etcd-keyfile` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), as kubeadm does.',
  flags: ['etcd-certfile', 'etcd-keyfile'],
});
