import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const seccompDefault = kubeletCheck({
  id: 'kubelet/seccomp-default',
  title: 'Containers run under the default seccomp profile',
  severity: 'medium',
  why: 'Without a profile every system call of the host kernel, with every hole in it, is open to every container.',
  repair:
    'Set `seccompDefault: true` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), try it on one node first, then restart the kubelets.',
  fields: { seccompDefault: (kubelet) => kubelet.seccompDefault },
  judge: ({ seccompDefault: isOn }) =>
    isOn
      ? holds('Containers that ask for nothing else run under the profile RuntimeDefault.')
      : fails('Containers that ask for nothing else run without a seccomp profile.'),
});
