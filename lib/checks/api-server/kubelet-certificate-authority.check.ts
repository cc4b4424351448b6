import { apiServerFlags } from '../shared/api-server.ts';

export const kubeletCertificateAuthority = apiServerFlags.required({
  id: 'api-server/kubelet-certificate-authority',
  title: 'The API server verifies the certificates of kubelets',
  severity: 'high',
  why: 'Without an authority the API server believes any certificate a kubelet shows, so whoever sits between them reads logs and takes over exec sessions.',
  repair:
    'Let kubelets get serving certificates from the cluster (`serverTLSBootstrap: true` and an approver), then set `--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flags: ['kubelet-certificate-authority'],
});
