import { controllerManagerFlags } from '../shared/controller-manager.ts';

export const profiling = controllerManagerFlags.boolean({
  id: 'controller-manager/profiling',
  title: 'Controller manager profiling is off',
  severity: 'medium',
  why: 'Profiles show what the process does and holds in memory, and taking one slows it down.',
  repair:
    'Set `--profiling=false` in /etc/kubernetes/manifests/kube-controller-manager.yaml (with kubeadm also in the ConfigMap kubeadm-config, with Cluster API in `clusterConfiguration.controllerManager.extraArgs`).',
  flag: 'profiling',
  fallback: true,
  want: false,
});
