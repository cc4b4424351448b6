import { apiServerFlags } from '../shared/api-server.ts';

export const kubeletClientCertificate = apiServerFlags.required({
  id: 'api-server/kubelet-client-certificate',
  title: 'The API server shows kubelets a client certificate',
  severity: 'medium',
  why: 'Without a client certificate of its own the API server reaches kubelets as anybody, so kubelets would have to let anybody in.',
  repair:
    'Set `--kubelet-client-certificate` and `--kubelet-client-key` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config), as kubeadm does.',
  flags: ['kubelet-client-certificate', 'kubelet-client-key'],
});
