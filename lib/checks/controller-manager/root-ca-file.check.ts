import { controllerManagerFlags } from '../shared/controller-manager.ts';

export const rootCaFile = controllerManagerFlags.required({
  id: 'controller-manager/root-ca-file',
  title: 'Pods are given the authority of the API server certificate',
  severity: 'medium',
  why: 'Without it pods cannot verify the API server and hand their tokens to anybody who answers in its place.',
  repair:
    'Set `--root-ca-file=/etc/kubernetes/pki/ca.crt` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config).',
  flags: ['root-ca-file'],
});
