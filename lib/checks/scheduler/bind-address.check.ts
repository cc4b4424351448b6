import { flagChecks } from '../shared/flag-check.ts';

export const bindAddress = flagChecks('kube-scheduler').loopback({
  id: 'scheduler/bind-address',
  title: 'The scheduler listens on loopback only',
  severity: 'medium',
  why: 'Its port answers health, metrics and profiling requests, and nothing outside its host needs it.',
  repair:
    'Set `--bind-address=127.0.0.1` in /etc/kubernetes/manifests/kube-scheduler.yaml (with kubeadm also in the ConfigMap kubeadm-config); without the flag it listens on every address.',
});
