import type { GatePod, GateWebhook, ServiceBackends } from '../../../core/gate/index.ts';
import { selects } from '../../../core/label-selector.ts';

/** Writes that nodes, controllers and kubeadm cannot do without, by group: the cluster stands still, or an upgrade fails, when a webhook refuses them. */
const systemWrites: Readonly<Record<string, Readonly<Record<string, 'Namespaced' | 'Cluster'>>>> = {
  '': {
    pods: 'Namespaced',
    'pods/status': 'Namespaced',
    'pods/binding': 'Namespaced',
    'pods/eviction': 'Namespaced',
    configmaps: 'Namespaced',
    'serviceaccounts/token': 'Namespaced',
    nodes: 'Cluster',
    'nodes/status': 'Cluster',
    namespaces: 'Cluster',
  },
  'coordination.k8s.io': { leases: 'Namespaced' },
  apps: { daemonsets: 'Namespaced', deployments: 'Namespaced', replicasets: 'Namespaced' },
  'discovery.k8s.io': { endpointslices: 'Namespaced' },
};

/** Whether a pattern of a rule means a resource, decided in both halves as the API server does: `*` is all without subresources, `pods/*` is pods with all of theirs. */
const means = (pattern: string, resource: string): boolean => {
  const [base, part = ''] = pattern.split('/');
  const [wanted, wantedPart = ''] = resource.split('/');
  return (base === '*' || base === wanted) && (part === '*' || part === wantedPart);
};

/** A resource that is written in the course of things, and where it lives. */
export interface SystemWrite {
  readonly resource: string;
  readonly scope: 'Namespaced' | 'Cluster';
}

/** The system writes that the rules of a webhook are about. */
export const systemWritesOf = ({ rules }: GateWebhook): readonly SystemWrite[] =>
  Object.entries(systemWrites).flatMap(([group, resources]) =>
    Object.entries(resources).flatMap(([resource, scope]) =>
      rules.some(
        (rule) =>
          (rule.apiGroups.includes(group) || rule.apiGroups.includes('*')) &&
          rule.resources.some((pattern) => means(pattern, resource)) &&
          rule.operations.some((operation) => operation !== 'CONNECT') &&
          (rule.scope === '*' || rule.scope === '' || rule.scope === scope),
      )
        ? [{ resource, scope }]
        : [],
    ),
  );

type Labels = Readonly<Record<string, string>>;

/** What is known of the cluster that selectors are held against. */
export interface Around {
  readonly namespaces: readonly { readonly name: string; readonly labels: Labels }[];
  readonly services: readonly ServiceBackends[];
  /** Where they were read. */
  readonly pods: readonly GatePod[];
}

const labelsOf = (name: string, { namespaces }: Around): Labels => ({
  'kubernetes.io/metadata.name': name,
  ...namespaces.find((one) => one.name === name)?.labels,
});

/** Labels that the object of a write may well have in a namespace: those of the pods that live there or that a Service looks for; else none. */
const likelyLabels = (resource: string, namespace: string, { pods, services }: Around): readonly Labels[] => {
  if (resource !== 'pods' && resource !== 'pods/status') return [{}];
  const selectors = services.filter((service) => service.namespace === namespace).map(({ selector }) => selector);
  const known = [
    ...pods.filter((pod) => pod.namespace === namespace).map(({ labels }) => labels),
    ...selectors.filter((selector) => Object.keys(selector).length > 0),
  ];
  return known.length > 0 ? known : [{}];
};

const isAsked = (webhook: GateWebhook, write: SystemWrite, namespace: string, around: Around): boolean => {
  // selectors of namespaces say nothing of what lives in none, but do of namespaces themselves
  const looksAtNamespace = write.scope === 'Namespaced' || write.resource === 'namespaces';
  if (looksAtNamespace && !selects(webhook.namespaceSelector, labelsOf(namespace, around))) return false;
  return likelyLabels(write.resource, namespace, around).some((labels) => selects(webhook.objectSelector, labels));
};

/** Namespaces a cluster cannot come up without: kube-system, that of the node leases, and the one the webhook itself lives in. */
const vitalNamespaces = ({ service }: GateWebhook): readonly string[] => [
  ...new Set(['kube-system', 'kube-node-lease', ...(service ? [service.namespace] : [])]),
];

/** System writes that a webhook is asked about in the vital namespaces, or that live in none; as `pods in kube-system`. Match conditions, which are programs, are left aside. */
export const vitalWrites = (webhook: GateWebhook, around: Around): readonly string[] => {
  const texts = systemWritesOf(webhook).flatMap((write) => {
    const asked = vitalNamespaces(webhook).filter((namespace) => isAsked(webhook, write, namespace, around));
    return write.scope === 'Cluster'
      ? asked.length > 0
        ? [write.resource]
        : []
      : asked.map((namespace) => `${write.resource} in ${namespace}`);
  });
  return [...new Set(texts)];
};

/** The first few of them, for a sentence. */
export const writesText = (writes: readonly string[]): string =>
  writes.length > 3 ? `${writes.slice(0, 3).join(', ')} and more` : writes.join(', ');
