import type { ContainerFact, SecurityContextFact, Slice, WorkloadFact } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, type Listing, readEach } from './listing.ts';
import { type Container, mirrorAnnotation, Pod, type SecurityContext, templateHashLabel } from './workload-schema.ts';

/** Pods of the whole cluster. */
export const podListing: Listing = { group: '', version: 'v1', resource: 'pods', feeds: ['workloads'], purpose: 'what runs and how' };

/** Names of CronJob runs end in the scheduled minute since 1970 (KEP-19); these bounds are 2019 and 2036, so that a date such as 20260131 is none. */
const scheduledMinutes = { from: 25_770_000, to: 34_700_000 };

const ownerOfJob = (name: string): Pick<WorkloadFact, 'kind' | 'name'> => {
  const [, cronJob, minute] = /^(.+)-(\d{8})$/.exec(name) ?? [];
  const isRun = cronJob !== undefined && Number(minute) >= scheduledMinutes.from && Number(minute) <= scheduledMinutes.to;
  return isRun ? { kind: 'CronJob', name: cronJob } : { kind: 'Job', name };
};

const withoutEnd = (name: string, end: string): string => (name.endsWith(end) ? name.slice(0, -end.length) : name);

/** What a pod says of its owner. */
export type Owned = Pick<Pod, 'metadata'> & { readonly spec: Pick<Pod['spec'], 'nodeName'> };

/** Who a person would say the pod belongs to: the object that somebody wrote, by what the pod itself says. */
export const ownerOf = ({ metadata, spec }: Owned): Pick<WorkloadFact, 'kind' | 'name'> => {
  if (metadata.annotations?.[mirrorAnnotation]) return { kind: 'Pod', name: withoutEnd(metadata.name, `-${spec.nodeName ?? ''}`) };
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return { kind: 'Pod', name: metadata.generateName ? withoutEnd(metadata.generateName, '-') : metadata.name };
  const hash = metadata.labels?.[templateHashLabel];
  if (owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`))
    return { kind: 'Deployment', name: withoutEnd(owner.name, `-${hash}`) };
  return owner.kind === 'Job' ? ownerOfJob(owner.name) : { kind: owner.kind, name: owner.name };
};

const sorted = (names: readonly string[] | null | undefined): readonly string[] | undefined =>
  names && names.length > 0 ? [...new Set(names)].toSorted(byText) : undefined;

const securityContextOf = (context: SecurityContext | null | undefined): SecurityContextFact =>
  given<SecurityContextFact>({
    privileged: context?.privileged ?? undefined,
    allowPrivilegeEscalation: context?.allowPrivilegeEscalation ?? undefined,
    runAsUser: context?.runAsUser ?? undefined,
    runAsNonRoot: context?.runAsNonRoot ?? undefined,
    readOnlyRootFilesystem: context?.readOnlyRootFilesystem ?? undefined,
    capabilitiesAdd: sorted(context?.capabilities?.add),
    capabilitiesDrop: sorted(context?.capabilities?.drop),
    seccompProfile: context?.seccompProfile?.type,
    hostProcess: context?.windowsOptions?.hostProcess ?? undefined,
  });

/** `{}`, which the API server itself writes, says nothing. */
const saysAnything = (context: SecurityContext | null | undefined): boolean =>
  Object.values(context ?? {}).some((value) => value !== null && value !== undefined);

const containerOf =
  (kind: ContainerFact['kind']) =>
  (container: Container): ContainerFact => ({
    name: container.name,
    kind,
    image: container.image ?? '',
    hasSecurityContext: saysAnything(container.securityContext),
    securityContext: securityContextOf(container.securityContext),
    hostPorts: (container.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [hostPort] : [])).toSorted((a, b) => a - b),
    secretsInEnv:
      sorted([
        ...(container.env ?? []).flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
        ...(container.envFrom ?? []).flatMap(({ secretRef }) => secretRef?.name ?? []),
      ]) ?? [],
  });

type Reduced = Omit<WorkloadFact, 'pods' | 'examplePod'>;

const reduce = (pod: Pod): Reduced => {
  const { metadata, spec } = pod;
  return given<Reduced>({
    ...ownerOf(pod),
    namespace: metadata.namespace,
    isStatic: Boolean(metadata.annotations?.[mirrorAnnotation]),
    serviceAccount: spec.serviceAccountName ?? '',
    automountServiceAccountToken: spec.automountServiceAccountToken ?? undefined,
    hostNetwork: spec.hostNetwork ?? false,
    hostPID: spec.hostPID ?? false,
    hostIPC: spec.hostIPC ?? false,
    hostPaths: sorted(spec.volumes?.flatMap(({ hostPath }) => hostPath?.path ?? [])) ?? [],
    os: spec.os?.name,
    hasSecurityContext: saysAnything(spec.securityContext),
    securityContext: securityContextOf(spec.securityContext),
    containers: [
      ...spec.containers.map(containerOf('container')),
      ...(spec.initContainers ?? []).map(containerOf('init')),
      ...(spec.ephemeralContainers ?? []).map(containerOf('ephemeral')),
    ],
  });
};

/** Whether it runs no more. */
export const isOver = ({ status }: Pick<Pod, 'status'>): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** Merges pods as they come: pods of one owner that look alike become one fact, so that memory grows with the kinds of pods and not with the pods. */
export const gatherWorkloads = () => {
  const known = new Map<string, { readonly fact: Reduced; pods: number; examplePod: string }>();
  return {
    add(pod: Pod): void {
      if (isOver(pod)) return;
      const fact = reduce(pod);
      const key = JSON.stringify(fact);
      const same = known.get(key);
      if (!same) known.set(key, { fact, pods: 1, examplePod: pod.metadata.name });
      else {
        same.pods += 1;
        // the first by name, so that the order of the list does not show
        if (byText(pod.metadata.name, same.examplePod) < 0) same.examplePod = pod.metadata.name;
      }
    },
    forget: () => known.clear(),
    workloads: (): readonly WorkloadFact[] =>
      [...known.entries()]
        .map(([key, { fact, pods, examplePod }]) => ({
          order: `${fact.namespace}/${fact.kind}/${fact.name}/${key}`,
          fact: { ...fact, pods, examplePod },
        }))
        .toSorted((a, b) => byText(a.order, b.order))
        .map(({ fact }) => fact),
  };
};

/** Everything that runs, by owner. Pods that are over are left out. */
export const observeWorkloads = async (access: ClusterAccess): Promise<Slice<readonly WorkloadFact[]>> => {
  const { add, forget, workloads } = gatherWorkloads();
  const read = await readEach(access, podListing, Pod, add, forget);
  return read.read ? seen(workloads()) : read;
};
