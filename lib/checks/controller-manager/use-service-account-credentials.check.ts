import { controllerManagerFlags } from '../shared/controller-manager.ts';

export const useServiceAccountCredentials = controllerManagerFlags.boolean({
  id: 'controller-manager/use-service-account-credentials',
  title: 'Each controller works under an account of its own',
  severity: 'medium',
  why: 'Otherwise all controllers share the one powerful account of the controller manager, and the audit log cannot tell them apart.',
  repair:
    'Set `--use-service-account-credentials=true` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config), as kubeadm does; without the flag the default is false.',
  flag: 'use-service-account-credentials',
  fallback: false,
  want: true,
});
