import { apiServerFlags } from '../shared/api-server.ts';

export const etcdCafile = apiServerFlags.required({
  id: 'api-server/etcd-cafile',
  title: 'The API server verifies the certificate of etcd',
  severity: 'high',
  why: 'Without it the API server would hand its data, secrets included, to anybody who answers in the place of etcd.',
  repair:
    'Set `--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flags: ['etcd-cafile'],
});
