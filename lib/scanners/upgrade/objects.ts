import { type LabelSelectorFact, type Slice, seen } from '../../core/facts/index.ts';
import type { DisruptionBudget, GateApiService, GateCrd, GateFacts, GateWorkload } from '../../core/gate/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, needOf, pathOf, readAll, together, unreadFor } from '../configuration/listing.ts';
import { listings } from './listings.ts';
import { ApiService, Backup, Budget, Crd, IngressClass, type Selector, SigningRequest, Workload } from './object-schema.ts';

/** The list in one order, whatever the order of the answer. */
export const inOrder = <T>(slice: Slice<readonly T[]>, name: (one: T) => string): Slice<readonly T[]> =>
  slice.read ? seen(slice.value.toSorted((a, b) => byText(name(a), name(b)))) : slice;
export const placeOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string => `${namespace}/${name}`;
const nameOf = ({ name }: { readonly name: string }): string => name;

export const selectorOf = (selector: Selector | null | undefined): LabelSelectorFact | undefined =>
  selector
    ? given<LabelSelectorFact>({
        matchLabels: selector.matchLabels ?? undefined,
        matchExpressions: selector.matchExpressions?.map(({ key, operator, values }) => ({ key, operator, values: values ?? [] })),
      })
    : undefined;

const budgetOf = ({ metadata, spec, status }: Budget): DisruptionBudget =>
  given<DisruptionBudget>({
    ...metadata,
    selector: selectorOf(spec?.selector) ?? null,
    minAvailable: spec?.minAvailable ?? undefined,
    maxUnavailable: spec?.maxUnavailable ?? undefined,
    disruptionsAllowed: status?.disruptionsAllowed ?? 0,
    expectedPods: status?.expectedPods ?? 0,
    currentHealthy: status?.currentHealthy ?? 0,
    desiredHealthy: status?.desiredHealthy ?? 0,
    unhealthyPodEvictionPolicy: spec?.unhealthyPodEvictionPolicy ?? undefined,
  });

/** All PodDisruptionBudgets, by namespace and name. */
export const observeBudgets = async (access: ClusterAccess): Promise<GateFacts['budgets']> =>
  inOrder(await readAll(access, listings.budgets, Budget, budgetOf), placeOf);

const workloadOf =
  (kind: string) =>
  ({ metadata, spec, status }: Workload): GateWorkload => {
    const isDaemonSet = kind === 'DaemonSet';
    const { containers, initContainers } = spec.template.spec;
    const stuck = status?.conditions?.find(({ type, status: state }) => type === 'Progressing' && state === 'False');
    return given<GateWorkload>({
      kind,
      namespace: metadata.namespace,
      name: metadata.name,
      // the API fills in 1 where nothing is said
      replicas: (isDaemonSet ? status?.desiredNumberScheduled : (spec.replicas ?? 1)) ?? 0,
      updated: (isDaemonSet ? status?.updatedNumberScheduled : status?.updatedReplicas) ?? 0,
      available: (isDaemonSet ? status?.numberAvailable : status?.availableReplicas) ?? 0,
      generation: metadata.generation ?? 0,
      observedGeneration: status?.observedGeneration ?? 0,
      paused: spec.paused ?? false,
      stuck: stuck && (stuck.reason || 'Progressing=False'),
      images: [...new Set([...(initContainers ?? []), ...containers].flatMap(({ image }) => image || []))],
      selector: selectorOf(spec.selector) ?? null,
    });
  };

/** All Deployments, StatefulSets and DaemonSets. */
export const observeGateWorkloads = async (access: ClusterAccess): Promise<GateFacts['workloads']> => {
  const all = together({
    deployments: await readAll(access, listings.deployments, Workload, workloadOf('Deployment')),
    statefulSets: await readAll(access, listings.statefulSets, Workload, workloadOf('StatefulSet')),
    daemonSets: await readAll(access, listings.daemonSets, Workload, workloadOf('DaemonSet')),
  });
  return all.read ? inOrder(seen(Object.values(all.value).flat()), (one) => `${placeOf(one)}/${one.kind}`) : all;
};

const crdOf = ({ metadata, spec, status }: Crd): GateCrd => {
  const service = spec.conversion?.webhook?.clientConfig?.service;
  const holds = (type: string): boolean => status?.conditions?.some((one) => one.type === type && one.status === 'True') ?? false;
  return {
    name: metadata.name,
    group: spec.group,
    kind: spec.names.kind,
    versions: spec.versions.map(({ deprecated, ...version }) => ({ ...version, deprecated: deprecated ?? false })),
    storedVersions: status?.storedVersions ?? [],
    conversion: {
      strategy: spec.conversion?.strategy ?? 'None',
      ...(service ? { service: { ...service, port: service.port ?? 443 } } : {}),
    },
    nonStructural: holds('NonStructuralSchema'),
    established: holds('Established'),
  };
};

/** All CustomResourceDefinitions, by name. */
export const observeCrds = async (access: ClusterAccess): Promise<GateFacts['crds']> =>
  inOrder(await readAll(access, listings.crds, Crd, crdOf, { mayBeMissing: true }), nameOf);

const apiServiceOf = ({ metadata, spec, status }: ApiService): GateApiService => {
  const available = status?.conditions?.find(({ type }) => type === 'Available');
  return given<GateApiService>({
    name: metadata.name,
    service: spec.service ? { namespace: spec.service.namespace ?? '', name: spec.service.name ?? '' } : undefined,
    available: available?.status === 'True',
    reason: available?.reason || undefined,
  });
};

/** All groups and versions of the API, by name. */
export const observeGateApiServices = async (access: ClusterAccess): Promise<GateFacts['apiServices']> =>
  inOrder(await readAll(access, listings.apiServices, ApiService, apiServiceOf, { mayBeMissing: true }), nameOf);

const decided = ['Approved', 'Denied', 'Failed'];
const signingRequestOf = ({ metadata, spec, status }: SigningRequest) => ({
  name: metadata.name,
  signer: spec.signerName,
  createdAt: metadata.creationTimestamp ?? '',
  pending: !status?.conditions?.some(({ type }) => decided.includes(type)),
});

/** CertificateSigningRequests that are still kept. */
export const observeSigningRequests = async (access: ClusterAccess): Promise<GateFacts['signingRequests']> =>
  inOrder(await readAll(access, listings.signingRequests, SigningRequest, signingRequestOf), nameOf);

/** All IngressClasses. */
export const observeIngressClasses = async (access: ClusterAccess): Promise<GateFacts['ingressClasses']> =>
  inOrder(
    await readAll(
      access,
      listings.ingressClasses,
      IngressClass,
      ({ metadata, spec }) => ({ name: metadata.name, controller: spec?.controller ?? '' }),
      { mayBeMissing: true },
    ),
    nameOf,
  );

/** The newest backup that completed; Velero is not there where its API is not. */
export const observeBackups = async (access: ClusterAccess): Promise<GateFacts['backups']> => {
  const found: { readonly namespace: string; readonly name: string; readonly completedAt: string }[] = [];
  const add = ({ metadata, status }: Backup): void => {
    if (status?.phase === 'Completed' && status.completionTimestamp) found.push({ ...metadata, completedAt: status.completionTimestamp });
  };
  const answer = await access.list(pathOf(listings.backups), Backup, add, { onRestart: () => found.splice(0) });
  if (!answer.ok)
    return answer.failure.code === 'not-found' ? seen({ installed: false }) : unreadFor(needOf(listings.backups), answer.failure);
  const [newest] = found.toSorted((a, b) => byText(b.completedAt, a.completedAt) || byText(placeOf(a), placeOf(b)));
  return seen({ installed: true, ...(newest ? { newest } : {}) });
};
