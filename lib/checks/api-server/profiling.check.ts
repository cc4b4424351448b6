import { apiServerFlags } from '../shared/api-server.ts';

export const profiling = apiServerFlags.boolean({
  id: 'api-server/profiling',
  title: 'API server profiling is off',
  severity: 'medium',
  why: 'Profiles show what the process does and holds in memory, and taking one costs so much that it can slow the API server down for everybody.',
  repair:
    'Set `--profiling=false` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config, with Cluster API in `clusterConfiguration.apiServer.extraArgs`).',
  flag: 'profiling',
  fallback: true,
  want: false,
});
