import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const clientCaFile = kubeletCheck({
  id: 'kubelet/client-ca-file',
  title: 'Kubelets know the authority of client certificates',
  severity: 'high',
  why: 'Without it the API server cannot prove who it is to the kubelet by certificate.',
  repair:
    'Set `authentication.x509.clientCAFile: /etc/kubernetes/pki/ca.crt` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), then restart the kubelet.',
  fields: { 'authentication.x509.clientCAFile': (kubelet) => kubelet.clientCAFile },
  judge: ({ clientCAFile }) =>
    clientCAFile === ''
      ? fails('The kubelet knows no authority of client certificates.')
      : holds(`The kubelet verifies client certificates with ${clientCAFile}.`),
});
