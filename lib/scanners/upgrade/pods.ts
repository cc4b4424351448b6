import { type Slice, seen } from '../../core/facts/index.ts';
import type { ControlPlanePod, GatePod } from '../../core/gate/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, readEach } from '../configuration/listing.ts';
import { isOver, ownerOf } from '../configuration/workloads.ts';
import { controlPlaneIn } from './control-plane.ts';
import { listings } from './listings.ts';
import { type Container, isMirror, Pod } from './pod-schema.ts';
import { requestOf } from './requests.ts';
import { sharer } from './sharing.ts';

/** What one pass over the pods tells. */
export interface ObservedPods {
  readonly pods: readonly GatePod[];
  readonly controlPlane: readonly ControlPlanePod[];
}

/** Sources of volumes that hold nothing of the pod's own. */
const harmless = ['configMap', 'secret', 'projected', 'downwardAPI', 'persistentVolumeClaim', 'emptyDir', 'hostPath', 'image'];
/** How tokens of ServiceAccounts were called while Kubernetes still made a Secret for each. */
const generatedToken = /-token-[a-z0-9]{5}$/;

const volumesOf = ({ spec }: Pod): Pick<GatePod, 'emptyDirs' | 'hostPaths' | 'claims' | 'otherVolumes' | 'tokenVolumes'> => {
  const volumes = spec.volumes ?? [];
  const called = (source: string): readonly string[] => volumes.filter(({ sources }) => source in sources).map(({ name }) => name);
  const named = (source: string): readonly string[] => volumes.flatMap(({ sources }) => sources[source] || []);
  return {
    emptyDirs: called('emptyDir'),
    hostPaths: called('hostPath'),
    claims: named('persistentVolumeClaim'),
    otherVolumes: [...new Set(volumes.flatMap(({ sources }) => Object.keys(sources).filter((source) => !harmless.includes(source))))],
    tokenVolumes: named('secret').filter((name) => generatedToken.test(name)),
  };
};

const unschedulable = 'node.kubernetes.io/unschedulable';
const toleratesUnschedulable = (tolerations: GatePod['tolerations']): boolean =>
  tolerations.some(
    ({ key, operator, effect }) =>
      (effect === undefined || effect === 'NoSchedule') &&
      // the taint has no value, so that an empty one equals it
      (key === unschedulable || (key === undefined && operator === 'Exists')),
  );

const containersOf = ({ spec }: Pod): readonly Container[] => [...(spec.initContainers ?? []), ...spec.containers];

const argumentsOf = (pod: Pod): GatePod['arguments'] =>
  Object.fromEntries(containersOf(pod).map(({ name, command, args }) => [name, [...(command ?? []), ...(args ?? [])]]));

/** API objects that the pod cannot start without, as far as its manifest says; a static pod may not have any. */
const referencesOf = (pod: Pod): readonly string[] => {
  const volumes = pod.spec.volumes ?? [];
  const inVolumes = (kind: string): readonly string[] => volumes.flatMap(({ sources }) => sources[kind] || []);
  const inEnv = (kind: 'secret' | 'configMap'): readonly string[] =>
    containersOf(pod).flatMap(({ env, envFrom }) => [
      ...(env ?? []).flatMap(({ valueFrom }) => valueFrom?.[`${kind}KeyRef`]?.name || []),
      ...(envFrom ?? []).flatMap((from) => from[`${kind}Ref`]?.name || []),
    ]);
  const of = (kind: 'secret' | 'configMap') => [...inVolumes(kind), ...inEnv(kind)].map((name) => `${kind}/${name}`);
  const account = pod.spec.serviceAccountName;
  return [...new Set([...of('configMap'), ...of('secret'), ...(account ? [`serviceAccount/${account}`] : [])])];
};

const ownerIn = (pod: Pod): GatePod['owner'] | undefined => {
  const controller = pod.metadata.ownerReferences?.find((reference) => reference.controller);
  if (!controller) return undefined;
  const { kind, name } = controller;
  return isMirror(pod) ? { kind, name } : ownerOf(pod);
};

const podOf = (pod: Pod, share: <T>(value: T) => T): GatePod => {
  const { metadata, spec, status } = pod;
  const states = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const tolerations = (spec.tolerations ?? []).map(({ key, operator, value, effect }) =>
    given({ key: key || undefined, operator: operator ?? undefined, value: value || undefined, effect: effect || undefined }),
  );
  const told = isMirror(pod) || metadata.namespace === 'kube-system';
  const { emptyDirs, hostPaths, claims, otherVolumes, tokenVolumes } = volumesOf(pod);
  return given<GatePod>({
    namespace: share(metadata.namespace),
    name: metadata.name,
    node: spec.nodeName ? share(spec.nodeName) : undefined,
    labels: share(metadata.labels ?? {}),
    owner: share(ownerIn(pod) ?? null) ?? undefined,
    isMirror: isMirror(pod),
    ready: status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') ?? false,
    phase: share(status?.phase ?? ''),
    waiting: share(states.map(({ state }) => state?.waiting?.reason).find(Boolean) ?? null) ?? undefined,
    restarts: states.reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0),
    finalizers: share(metadata.finalizers ?? []),
    gracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    emptyDirs: share(emptyDirs),
    hostPaths: share(hostPaths),
    claims: share(claims),
    otherVolumes: share(otherVolumes),
    tokenVolumes: tokenVolumes && share(tokenVolumes),
    toleratesUnschedulable: toleratesUnschedulable(tolerations),
    nodeSelector: share(spec.nodeSelector ?? {}),
    tolerations: share(tolerations),
    requestedCpu: requestOf(pod, 'cpu'),
    requestedMemory: requestOf(pod, 'memory'),
    images: share([...new Set(containersOf(pod).flatMap(({ image }) => image || []))]),
    arguments: told ? argumentsOf(pod) : undefined,
    environment: told ? share([...new Set(containersOf(pod).flatMap(({ env }) => (env ?? []).map(({ name }) => name)))]) : undefined,
    refersTo: share(isMirror(pod) ? referencesOf(pod) : []),
    annotations: share(metadata.annotations),
  });
};

const place = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string => `${namespace}/${name}`;

/** Every pod that is not over, and the control plane as its static pods show it, in one pass. */
export const observeGatePods = async (access: ClusterAccess): Promise<Slice<ObservedPods>> => {
  let share = sharer();
  const pods: GatePod[] = [];
  const controlPlane: ControlPlanePod[] = [];
  const add = (pod: Pod): void => {
    if (isOver(pod)) return;
    const fact = podOf(pod, share);
    pods.push(fact);
    controlPlane.push(...controlPlaneIn(pod, fact.ready));
  };
  const forget = (): void => {
    share = sharer();
    pods.splice(0);
    controlPlane.splice(0);
  };
  const read = await readEach(access, listings.pods, Pod, add, forget);
  if (!read.read) return read;
  return seen({
    pods: pods.sort((a, b) => byText(place(a), place(b))),
    controlPlane: controlPlane.sort((a, b) => byText(`${a.component} ${a.node}`, `${b.component} ${b.node}`)),
  });
};
