import { apiServerFlags } from '../shared/api-server.ts';

export const servingCertificate = apiServerFlags.required({
  id: 'api-server/serving-certificate',
  title: 'The API server serves a certificate that was made for it',
  severity: 'high',
  why: 'Without one the API server makes a self-signed certificate that no client can verify.',
  repair:
    'Set `--tls-cert-file` and `--tls-private-key-file` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), as kubeadm does.',
  flags: ['tls-cert-file', 'tls-private-key-file'],
});
