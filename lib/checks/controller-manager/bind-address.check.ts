import { controllerManagerFlags } from '../shared/controller-manager.ts';

export const bindAddress = controllerManagerFlags.loopback({
  id: 'controller-manager/bind-address',
  title: 'The controller manager listens on loopback only',
  severity: 'medium',
  why: 'Its port answers health, metrics and profiling requests, and nothing outside its host needs it.',
  repair:
    'Set `--bind-address=127.0.0.1` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config); without the flag it listens on every address.',
});
