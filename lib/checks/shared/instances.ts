import type { ClusterIdentity, ComponentFact, ComponentName, FlagzFact, NodeFact, Slice } from '../../core/facts/index.ts';
import type { Evidence, Judgement, Subject } from '../../core/finding.ts';
import { type KubernetesVersion, parseKubernetesVersion } from '../../core/version.ts';
import { unknown } from '../check.ts';

/** What checks of control-plane components look at, none of which need be there. */
export interface ControlPlane {
  readonly cluster: ClusterIdentity;
  readonly components: Slice<readonly ComponentFact[]>;
  readonly apiServerFlagz: Slice<FlagzFact>;
  readonly nodes: Slice<readonly NodeFact[]>;
}
export const controlPlaneSlices = ['components', 'apiServerFlagz', 'nodes'] as const;

/** One running instance of a component, and where its flags were read. */
export interface Instance {
  readonly component: ComponentName;
  readonly subject: Subject;
  /** For evidence, e.g. `mirror pod kube-system/etcd-cp1`. */
  readonly source: string;
  /** `flagz` is the instance's own word, with defaults filled in and lists in brackets. */
  readonly origin: 'mirror-pod' | 'flagz';
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly env: Readonly<Record<string, string>>;
  /** Version of the instance's image; of the cluster where the image does not say. Defaults depend on it. */
  readonly version: KubernetesVersion | undefined;
}

const called = {
  'kube-apiserver': 'The API server',
  'kube-controller-manager': 'The controller manager',
  'kube-scheduler': 'The scheduler',
  etcd: 'etcd',
} as const satisfies Record<ComponentName, string>;
/** The component as a sentence about it begins. */
export const beginWith = (component: ComponentName): string => called[component];

/** The stable subject: the static pod without the node in its name. */
export const componentSubject = (component: ComponentName, node?: string): Subject => ({
  kind: 'Pod',
  namespace: 'kube-system',
  name: component,
  ...(node ? { node } : {}),
});

const podInstance = (fact: ComponentFact, cluster: ClusterIdentity): Instance => ({
  component: fact.component,
  subject: componentSubject(fact.component, fact.node),
  source: `mirror pod kube-system/${fact.pod}`,
  origin: 'mirror-pod',
  flags: fact.flags,
  env: fact.env,
  version: parseKubernetesVersion(/:(v?\d[^:@/]*)(@|$)/.exec(fact.image)?.[1] ?? '') ?? parseKubernetesVersion(cluster.kubernetesVersion),
});

const flagzInstance = ({ node, flags }: FlagzFact, cluster: ClusterIdentity): Instance => ({
  component: 'kube-apiserver',
  subject: componentSubject('kube-apiserver', node),
  source: '/flagz of the API server',
  origin: 'flagz',
  flags: Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, [value]])),
  env: {},
  version: parseKubernetesVersion(cluster.kubernetesVersion),
});

/** Instances of a component whose flags can be read. Those of the API server fall back to `/flagz` where there is no mirror pod. */
export const readableInstances = (component: ComponentName, seen: ControlPlane): readonly Instance[] => {
  const facts = seen.components.read ? seen.components.value.filter((fact) => fact.component === component) : [];
  if (facts.length === 0 && component === 'kube-apiserver' && seen.apiServerFlagz.read)
    return [flagzInstance(seen.apiServerFlagz.value, seen.cluster)];
  return facts.filter(({ unreadable }) => unreadable === undefined).map((fact) => podInstance(fact, seen.cluster));
};

const mirrorPods = (component: ComponentName, found: string): Evidence => ({
  source: 'pods in kube-system',
  looked: `mirror pods of ${component}`,
  found,
});

/** Host of an etcd URL, without brackets; the text itself when it is no URL. */
const hostOf = (url: string): string => /^\w+:\/\/\[?(.*?)\]?(:\d+)?\/?$/.exec(url)?.[1] ?? url;

/** Etcd that is not among the static pods is named by the API servers that use it. */
const externalEtcd = (seen: ControlPlane): Judgement | undefined => {
  const servers = readableInstances('kube-apiserver', seen).flatMap(({ flags, source }) =>
    (flags['etcd-servers'] ?? []).map((value) => ({ source, looked: '--etcd-servers', found: value.replace(/^\[(.*)\]$/, '$1') })),
  );
  const nodes = seen.nodes.read ? seen.nodes.value.flatMap(({ name, addresses }) => [name, ...addresses]) : [];
  const own = new Set(['127.0.0.1', 'localhost', '::1', ...nodes]);
  const hosts = new Set(servers.flatMap(({ found }) => found.split(',').map((url) => hostOf(url.trim()))));
  const elsewhere = [...hosts].filter((host) => !own.has(host));
  if (elsewhere.length === 0) return undefined;
  const message = `etcd runs outside the cluster (${elsewhere.join(', ')}), so its flags cannot be seen from here; look at its command line there.`;
  return unknown(componentSubject('etcd'), message, mirrorPods('etcd', 'none'), ...servers);
};

const noInstance = (component: ComponentName, seen: ControlPlane): Judgement => {
  const subject = componentSubject(component);
  if (!seen.components.read) {
    const evidence = { source: 'scan', looked: 'components', found: seen.components.reason };
    return unknown(subject, `Could not look: ${seen.components.reason}`, evidence);
  }
  const external = component === 'etcd' ? externalEtcd(seen) : undefined;
  const message = `There is no mirror pod of ${component} in kube-system, so its flags cannot be seen through the API; look at its command line where it runs.`;
  return external ?? unknown(subject, message, mirrorPods(component, 'none'));
};

const unreadableInstances = (component: ComponentName, seen: ControlPlane): readonly Judgement[] => {
  if (!seen.components.read) return [];
  const facts = seen.components.value.filter((fact) => fact.component === component);
  const shells = facts.flatMap(({ node, pod, unreadable }) =>
    unreadable === undefined
      ? []
      : [
          unknown(componentSubject(component, node), unreadable, {
            source: `mirror pod kube-system/${pod}`,
            looked: 'command line',
            found: 'cannot be read',
          }),
        ],
  );
  const nodes = facts.length > 0 && seen.nodes.read ? seen.nodes.value.filter(({ role }) => role === 'control-plane') : [];
  const missing = nodes
    .filter(({ name }) => !facts.some(({ node }) => node === name))
    .map(({ name }) =>
      unknown(
        componentSubject(component, name),
        `A control-plane node shows no mirror pod of ${component}, so what runs there cannot be seen.`,
        mirrorPods(component, `none on ${name}`),
      ),
    );
  return [...shells, ...missing];
};

/** One judgement per instance of a component, and `unknown` for every one that cannot be seen: a flag nobody can read is never a `fail`. */
export const judgeInstances = (
  component: ComponentName,
  seen: ControlPlane,
  judge: (instance: Instance) => Judgement,
): readonly Judgement[] => {
  const judged = [...readableInstances(component, seen).map(judge), ...unreadableInstances(component, seen)];
  return judged.length > 0 ? judged : [noInstance(component, seen)];
};
