import { apiServerFlags } from '../shared/api-server.ts';

export const clientCaFile = apiServerFlags.required({
  id: 'api-server/client-ca-file',
  title: 'The API server knows the authority of client certificates',
  severity: 'high',
  why: 'Without it components cannot prove who they are by certificate and need weaker credentials.',
  repair:
    'Set `--client-ca-file=/etc/kubernetes/pki/ca.crt` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flags: ['client-ca-file'],
});
