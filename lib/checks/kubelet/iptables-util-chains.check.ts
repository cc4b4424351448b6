import { fails, holds } from '../shared/flag-check.ts';
import { kubeletCheck } from '../shared/kubelet-check.ts';

export const iptablesUtilChains = kubeletCheck({
  id: 'kubelet/iptables-util-chains',
  title: 'Kubelets keep their iptables chains in order',
  severity: 'low',
  why: 'Chains that nobody keeps in order drift apart from what services and pods need, and packets take ways nobody intended.',
  repair:
    'Remove `makeIPTablesUtilChains: false` in the kubelet configuration (/var/lib/kubelet/config.yaml; with kubeadm also in the ConfigMap kubelet-config); the default is true.',
  fields: { makeIPTablesUtilChains: (kubelet) => kubelet.makeIPTablesUtilChains },
  judge: ({ makeIPTablesUtilChains: keeps }) =>
    keeps ? holds('The kubelet keeps its iptables chains in order.') : fails('The kubelet leaves its iptables chains alone.'),
});
