import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const podPidsLimit = kubeletCheck({
  id: 'kubelet/pod-pids-limit',
  title: 'Kubelets limit the number of processes of a pod',
  severity: 'medium',
  why: 'Without a limit one pod that forks without end stops its whole node.',
  repair:
    'Set `podPidsLimit: 4096`, or what suits the workloads, in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config), then restart the kubelet.',
  fields: { podPidsLimit: (kubelet) => kubelet.podPidsLimit },
  judge: ({ podPidsLimit: limit }) =>
    limit > 0 ? holds(`A pod may have ${limit} processes.`) : fails('A pod may have as many processes as the node can bear.'),
});
