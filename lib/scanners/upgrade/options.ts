import type { ClusterIdentity } from '../../core/facts/index.ts';
import type { GateVersion } from '../../core/gate/index.ts';
import type { ClusterAccess, KubeletAccess, TlsProbe } from '../../ports/cluster-access.ts';

/** Kinds of an API version that some release no longer serves; `*` stands for every kind of the version. */
export interface WantedApi {
  readonly group: string;
  readonly version: string;
  readonly kinds: readonly string[];
}

/** What the user and the removal data ask of live facts. */
export interface UpgradeOptions {
  readonly target: GateVersion;
  /** Versions that are gone at the target: objects written through them are looked for. */
  readonly wanted: readonly WantedApi[];
  /** Versions that were gone before: no object is left of them, but manifests that are stored in Helm releases may still name them. */
  readonly gone?: readonly WantedApi[];
  /** Reads the Secrets in which Helm keeps its releases, for manifests that use such a version. Whoever grants that grants reading Secrets. */
  readonly helmReleases?: boolean;
  readonly progress?: (event: { readonly done: number; readonly total: number; readonly doing: string }) => void;
}

/** What the observation may use of the outside world, and the cluster it is of. */
export interface UpgradeInput {
  readonly access: ClusterAccess;
  readonly tls: TlsProbe;
  /** Where given, each kubelet is asked for its cgroup version. */
  readonly kubelets?: KubeletAccess | undefined;
  readonly cluster: ClusterIdentity;
  /** Current time, ISO 8601. */
  now(): string;
  readonly signal: AbortSignal;
  readonly options: UpgradeOptions;
}
