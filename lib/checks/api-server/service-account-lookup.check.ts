import { apiServerFlags } from '../shared/api-server.ts';

export const serviceAccountLookup = apiServerFlags.boolean({
  id: 'api-server/service-account-lookup',
  title: 'Tokens of deleted ServiceAccounts stop working',
  severity: 'high',
  why: 'Without the lookup a stolen token keeps working after its ServiceAccount or Secret was deleted.',
  repair:
    'Remove `--service-account-lookup=false` in /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config); the default is true.',
  flag: 'service-account-lookup',
  fallback: true,
  want: true,
});
