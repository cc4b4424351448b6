import { readTime } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import type { Leftover } from './facts.ts';
import { bindingName, conformanceHome } from './home.ts';
import { Made, SuiteNode } from './schema.ts';

/** Kinds without a namespace that tests of the suite make, and that stay when a run is broken off. A left webhook can hold up the next upgrade. */
export const leftoverKinds: readonly {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}[] = [
  { kind: 'Namespace', group: '', version: 'v1', resource: 'namespaces' },
  { kind: 'PersistentVolume', group: '', version: 'v1', resource: 'persistentvolumes' },
  { kind: 'CustomResourceDefinition', group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' },
  { kind: 'APIService', group: 'apiregistration.k8s.io', version: 'v1', resource: 'apiservices' },
  ...(
    [
      ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'],
      ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations'],
      ['ValidatingAdmissionPolicy', 'validatingadmissionpolicies'],
      ['ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings'],
    ] as const
  ).map(([kind, resource]) => ({ kind, group: 'admissionregistration.k8s.io', version: 'v1', resource })),
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', version: 'v1', resource: 'priorityclasses' },
  { kind: 'RuntimeClass', group: 'node.k8s.io', version: 'v1', resource: 'runtimeclasses' },
  { kind: 'IngressClass', group: 'networking.k8s.io', version: 'v1', resource: 'ingressclasses' },
  { kind: 'StorageClass', group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses' },
  { kind: 'CSIDriver', group: 'storage.k8s.io', version: 'v1', resource: 'csidrivers' },
  { kind: 'FlowSchema', group: 'flowcontrol.apiserver.k8s.io', version: 'v1', resource: 'flowschemas' },
  { kind: 'ClusterRole', group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles' },
  { kind: 'ClusterRoleBinding', group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterrolebindings' },
];

const most = 200;
const pathOf = ({ group, version, resource }: (typeof leftoverKinds)[number]): string =>
  `${group === '' ? '/api' : `/apis/${group}`}/${version}/${resource}`;

/** What a cluster makes and renews by itself, at any time. */
const isOurs = (kind: string, name: string): boolean =>
  (kind === 'Namespace' && name === conformanceHome.namespace.name) || (kind === 'ClusterRoleBinding' && name === bindingName);

/** Traces of tests on nodes: their labels and taints bear the name of the suite. */
const tracesOn = ({ metadata: { name, labels = {} }, spec }: SuiteNode): readonly Leftover[] => [
  ...Object.keys(labels)
    .filter((key) => key.includes('e2e'))
    .map((key) => ({ kind: 'Node', name, what: `label ${key}` })),
  ...(spec?.taints ?? []).filter(({ key }) => key.includes('e2e')).map(({ key }) => ({ kind: 'Node', name, what: `taint ${key}` })),
];

const listNodes = async (access: ClusterAccess): Promise<readonly SuiteNode[]> => {
  const nodes: SuiteNode[] = [];
  await access.list('/api/v1/nodes', SuiteNode, (node) => void nodes.push(node));
  return nodes;
};

/** Objects without a namespace that came since a moment of the API server's clock, and what tests left on nodes. What cannot be listed is passed over: it is a report, not a scan. */
export const listLeftovers = async (access: ClusterAccess, since: string): Promise<readonly Leftover[]> => {
  const from = readTime(since) ?? Number.POSITIVE_INFINITY;
  const found: Leftover[] = [];
  for (const kind of leftoverKinds) {
    const own: Leftover[] = [];
    const listed = await access.list(
      pathOf(kind),
      Made,
      ({ metadata: { name, creationTimestamp = '', deletionTimestamp, labels = {} } }) => {
        // clean-up removes the namespaces of tests
        const isGoing = deletionTimestamp !== undefined || 'e2e-run' in labels;
        if (!isGoing && !isOurs(kind.kind, name) && (readTime(creationTimestamp) ?? 0) >= from) own.push({ kind: kind.kind, name });
      },
      { metadataOnly: true },
    );
    if (listed.ok) found.push(...own);
  }
  for (const node of await listNodes(access)) found.push(...tracesOn(node));
  return found.slice(0, most);
};

const suiteNamespaces = 'e2e-framework,e2e-run';

/** Namespaces that tests of some run made, by the labels the suite gives them; those of one run when its id is known. */
export const listTestNamespaces = async (access: ClusterAccess, runId?: string): Promise<readonly Made[]> => {
  const found: Made[] = [];
  const labelSelector = runId === undefined ? suiteNamespaces : `e2e-framework,e2e-run=${runId}`;
  await access.list('/api/v1/namespaces', Made, (one) => void found.push(one), { query: { labelSelector } });
  return found;
};
