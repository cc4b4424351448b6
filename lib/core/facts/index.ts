import type { ControlPlaneSlices } from './control-plane.ts';
import type { NodeSlices } from './nodes.ts';
import type { RbacSlices } from './rbac.ts';
import type { Slice } from './slice.ts';
import type { WorkloadSlices } from './workloads.ts';

export * from './control-plane.ts';
export * from './nodes.ts';
export * from './rbac.ts';
export * from './slice.ts';
export * from './workloads.ts';

/** The cluster a scan looked at. */
export interface ClusterIdentity {
  /** UID of the namespace kube-system: the same for the cluster's whole life. */
  readonly id: string;
  /** Name of the cluster in the kubeconfig, unless the user gave another. */
  readonly name: string;
  /** `gitVersion` of `/version`. */
  readonly kubernetesVersion: string;
}

/** Everything a configuration scan observed. Each slice was read, or says why it was not. */
export interface ConfigurationFacts extends ControlPlaneSlices, NodeSlices, RbacSlices, WorkloadSlices {
  readonly cluster: ClusterIdentity;
}

/** Names of the slices. */
export type FactName = Exclude<keyof ConfigurationFacts, 'cluster'>;
/** What a slice holds once it was read. */
export type FactValue<K extends FactName> = ConfigurationFacts[K] extends Slice<infer T> ? T : never;
