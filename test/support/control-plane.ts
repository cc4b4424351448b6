import {
  type ComponentFact,
  type ComponentName,
  type FlagzFact,
  type KubeletConfig,
  type KubeletFact,
  type NodeFact,
  type Slice,
  seen,
  unseen,
} from '../../lib/core/facts/index.ts';

/** Flags as cases write them: one value, or every value of a flag that was given more than once. */
export type GivenFlags = Readonly<Record<string, string | readonly string[]>>;

const kept = (flags: GivenFlags): ComponentFact['flags'] =>
  Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]));

/** A component on a node, as its mirror pod shows it. */
export const instance = (component: ComponentName, flags: GivenFlags, more: Partial<ComponentFact> = {}): ComponentFact => ({
  component,
  node: 'cp1',
  pod: `${component}-${more.node ?? 'cp1'}`,
  image: `registry.k8s.io/${component}:${component === 'etcd' ? '3.6.8-0' : 'v1.36.3'}`,
  flags: kept(flags),
  env: {},
  ...more,
});

export const node = (name: string, more: Partial<NodeFact> = {}): NodeFact => ({
  name,
  role: 'control-plane',
  ready: true,
  kubeletVersion: 'v1.36.3',
  osImage: 'Some Linux',
  operatingSystem: 'linux',
  containerRuntime: 'containerd://2.1.0',
  addresses: ['198.18.0.11'],
  kubeletPort: 10250,
  ...more,
});

interface Given {
  readonly components: Slice<readonly ComponentFact[]>;
  readonly apiServerFlagz: Slice<FlagzFact>;
  readonly nodes: Slice<readonly NodeFact[]>;
}
export const notServed = unseen('The API server does not serve /flagz.');

/** Facts of a control plane with these instances. */
export const controlPlane = (components: readonly ComponentFact[], more: Partial<Given> = {}): Given => ({
  components: seen(components),
  apiServerFlagz: notServed,
  nodes: seen([node('cp1')]),
  ...more,
});

/** Facts of a control plane with one instance of a component, on cp1. */
export const running =
  (component: ComponentName) =>
  (flags: GivenFlags, more: Partial<ComponentFact> = {}): Given =>
    controlPlane([instance(component, flags, more)]);
export const apiServer = running('kube-apiserver');

/** `/flagz` as an API server answers it. */
export const flagz = (flags: Readonly<Record<string, string>>, on?: string): Slice<FlagzFact> =>
  seen({ ...(on === undefined ? {} : { node: on }), flags });

/** A kubelet that was asked itself, or what else the case says. */
export const kubelet = (config: KubeletConfig, more: Partial<KubeletFact> = {}): KubeletFact => ({
  node: 'w1',
  role: 'worker',
  source: 'configz',
  confidence: 'high',
  config,
  ...more,
});
/** A kubelet of which only the ConfigMap is known. */
export const wanted = (config: KubeletConfig, more: Partial<KubeletFact> = {}): KubeletFact =>
  kubelet(config, { source: 'config-map', confidence: 'low', reason: 'The kubelet of w1 did not answer.', ...more });
/** A kubelet of which nothing is known. */
export const silent: KubeletFact = {
  node: 'w1',
  role: 'worker',
  source: 'none',
  confidence: 'none',
  reason: 'The kubelet of w1 did not answer.',
};
