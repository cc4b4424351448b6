import { clusterSubject, defineCheck, manual } from '../check.ts';
import { few, named, upTo } from '../shared/words.ts';

/** Network plugins by what gives them away: the image their agents run, or the API group they bring. */
const plugins: readonly { readonly name: string; readonly image: RegExp; readonly groups?: readonly string[]; readonly says: string }[] = [
  {
    name: 'Calico',
    image: /calico\/node|calico-node/,
    groups: ['crd.projectcalico.org', 'projectcalico.org'],
    says: 'enforces NetworkPolicies',
  },
  { name: 'Cilium', image: /cilium\/cilium/, groups: ['cilium.io'], says: 'enforces NetworkPolicies' },
  { name: 'Antrea', image: /antrea/, groups: ['crd.antrea.io'], says: 'enforces NetworkPolicies' },
  { name: 'Kube-OVN', image: /kube-ovn/, groups: ['kubeovn.io'], says: 'enforces NetworkPolicies' },
  { name: 'OVN-Kubernetes', image: /ovn-kubernetes|ovn-kube/, groups: ['k8s.ovn.org'], says: 'enforces NetworkPolicies' },
  { name: 'kube-router', image: /kube-router/, says: 'enforces NetworkPolicies, unless its firewall is turned off' },
  { name: 'Weave Net', image: /weave-npc/, says: 'enforces NetworkPolicies' },
  { name: 'kube-network-policies', image: /kube-network-policies/, says: 'enforces NetworkPolicies beside any plugin' },
  { name: 'kindnet', image: /kindnetd/, says: 'enforces NetworkPolicies in newer versions only' },
  { name: 'AWS VPC CNI', image: /amazon-k8s-cni/, says: 'enforces NetworkPolicies only with its network policy agent' },
  { name: 'Azure CNI', image: /azure-cni|azure-cns/, says: 'enforces NetworkPolicies only with a policy engine beside it' },
  { name: 'flannel', image: /flannel/, says: 'does not enforce NetworkPolicies by itself' },
];

export const cniEnforcesPolicy = defineCheck({
  id: 'network/cni-enforces-policy',
  title: 'The network plugin enforces NetworkPolicies',
  severity: 'high',
  reads: ['workloads', 'apiGroups'],
  why: 'A NetworkPolicy that the network plugin does not know is accepted and ignored: the namespace looks protected and is not.',
  repair: 'Use a network plugin that enforces NetworkPolicies, such as Calico, Cilium or Antrea, or add a policy engine to the one in use.',
  lookAt:
    'Try it: put a policy that denies everything on a test namespace and see whether a connection between two of its pods still works.',
  evaluate: ({ cluster, workloads, apiGroups }) => {
    const found = plugins.flatMap(({ name, image, groups = [], says }) => [
      ...workloads
        .filter(({ containers }) => containers.some((container) => image.test(container.image)))
        .map((workload) => ({ name, evidence: { source: named(workload), looked: 'image', found: `${name}, which ${says}` } })),
      ...groups
        .filter((group) => apiGroups.includes(group))
        .map((group) => ({ name, evidence: { source: '/apis', looked: `API group ${group}`, found: `${name}, which ${says}` } })),
    ]);
    const names = [...new Set(found.map(({ name }) => name))];
    const seen = names.length > 0 ? `By its traces the cluster uses ${few(names)}` : 'No known network plugin shows in the cluster';
    const evidence =
      found.length > 0
        ? found.map((one) => one.evidence)
        : [{ source: 'pods and API groups of the cluster', looked: 'network plugins', found: 'none that is known' }];
    return [
      manual(clusterSubject(cluster), `${seen}; whether NetworkPolicies are enforced shows only when one is tried.`, ...upTo(evidence)),
    ];
  },
});
