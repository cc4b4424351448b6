import type { Severity } from '../../../core/outcome.ts';

/** What of a cluster has a version that the API tells. */
export const componentIds = [
  'kube-apiserver',
  'kubelet',
  'kube-proxy',
  'kube-controller-manager',
  'containerd',
  'etcd',
  'coredns',
  'ingress-nginx',
  'secrets-store-csi',
  'azurefile-csi',
  'nfs-csi',
  'smb-csi',
] as const;
export type ComponentId = (typeof componentIds)[number];

/** Versions from `introduced` up to, and without, `fixed`; without a `fixed` nothing mends it. */
export type AffectedRange = readonly [introduced: string, fixed?: string];

/** A publicly known flaw of one component. */
export interface Flaw {
  readonly cve: string;
  readonly component: ComponentId;
  /** Ours, and that of the public rating where one was read (`ratings.ts`): what it means for a cluster where the version is affected, and the condition in the title holds. */
  readonly severity: Severity;
  /** What goes wrong, in our own words and in one line. */
  readonly title: string;
  readonly affected: readonly AffectedRange[];
  /** Where the ranges come from. */
  readonly source: string;
  /** Rows of the reference tables besides the one of all flaws by version. */
  readonly covers?: readonly string[];
  /** It stops something from working rather than letting somebody in. */
  readonly dos?: true;
  /** Only nodes of this operating system are concerned. */
  readonly on?: 'windows';
}
