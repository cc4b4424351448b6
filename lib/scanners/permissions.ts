import type { Need } from '../core/need.ts';

/** Where the scanner's accounts live. */
export const accountNamespace = 'gatehouse';
export const scannerAccount = 'gatehouse';
/** The second account: its short-lived token is the only one that a kubelet is ever shown. */
export const kubeletAccount = 'gatehouse-kubelet-reader';

/** A Kubernetes object as `kubectl apply` takes it. */
export type Manifest = Readonly<Record<string, unknown>>;

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

const labels = { 'app.kubernetes.io/name': 'gatehouse' };
const rbac = 'rbac.authorization.k8s.io';

/** The fewest rules that say the same: resources of one group with the same verbs and names share one. */
const rulesFor = (needs: readonly Need[]): readonly Rule[] => {
  const urls = [...new Set(needs.flatMap(({ nonResourceUrl }) => nonResourceUrl ?? []))].toSorted();
  const verbs = new Map<string, { need: Need; verbs: Set<string> }>();
  for (const need of needs.filter(({ nonResourceUrl }) => nonResourceUrl === undefined)) {
    const key = JSON.stringify([need.apiGroup, need.resource, need.name ?? null]);
    const known = verbs.get(key) ?? { need, verbs: new Set<string>() };
    verbs.set(key, { need, verbs: known.verbs.add(need.verb) });
  }
  const rules = Map.groupBy(verbs.values(), ({ need, verbs: own }) =>
    JSON.stringify([need.apiGroup, [...own].toSorted(), need.name ?? null]),
  );
  return [
    ...[...rules.values()].map((group): Rule => {
      const { need, verbs: own } = group[0] as { need: Need; verbs: Set<string> };
      return {
        apiGroups: [need.apiGroup],
        resources: group.map((one) => one.need.resource).toSorted(),
        ...(need.name === undefined ? {} : { resourceNames: [need.name] }),
        verbs: [...own].toSorted(),
      };
    }),
    ...(urls.length > 0 ? [{ nonResourceURLs: urls, verbs: ['get'] }] : []),
  ];
};

const account = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: accountNamespace, labels },
  automountServiceAccountToken: false,
});

/** A role with its binding, in the whole cluster or in one namespace. */
const grant = (name: string, to: string, namespace: string | undefined, needs: readonly Need[]): readonly Manifest[] => {
  const scope = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels };
  return [
    { apiVersion: `${rbac}/v1`, kind: scope, metadata, rules: rulesFor(needs) },
    {
      apiVersion: `${rbac}/v1`,
      kind: `${scope}Binding`,
      metadata,
      roleRef: { apiGroup: rbac, kind: scope, name },
      subjects: [{ kind: 'ServiceAccount', name: to, namespace: accountNamespace }],
    },
  ];
};

/** A namespace that the scan uses, with the labels it needs. */
export interface NeededNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Everything to apply so that a scan with these needs can look: namespaces, the two accounts, and exactly the rights used. Only what is asked for in the whole cluster
 * becomes a ClusterRole; the rest is a Role in its namespace.
 */
export const manifestsFor = (needs: readonly Need[], namespaces: readonly NeededNamespace[]): readonly Manifest[] => {
  const ofScanner = needs.filter(({ holder }) => holder === 'scanner');
  const ofKubeletReader = needs.filter(({ holder }) => holder === 'kubelet-reader');
  const byNamespace = Map.groupBy(ofScanner, ({ namespace }) => namespace);
  const own: NeededNamespace = { name: accountNamespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } };
  return [
    ...[own, ...namespaces].map((one) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: one.name, labels: { ...labels, ...one.labels } },
    })),
    account(scannerAccount),
    ...(ofKubeletReader.length > 0 ? [account(kubeletAccount)] : []),
    ...[...byNamespace].flatMap(([namespace, some]) => grant(scannerAccount, scannerAccount, namespace, some)),
    ...(ofKubeletReader.length > 0 ? grant(kubeletAccount, kubeletAccount, undefined, ofKubeletReader) : []),
  ];
};
