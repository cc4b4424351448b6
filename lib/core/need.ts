import type { FactName } from './facts/index.ts';
import type { GateSlice } from './gate/index.ts';
import type { ViewName } from './probing/facts.ts';

/** What a role may allow. */
export interface Right {
  /** API group; the core group is ''. */
  readonly apiGroup: string;
  /** Resource with its sub-resource, e.g. `pods/log`; empty for a non-resource URL. */
  readonly resource: string;
  readonly verb: 'get' | 'list' | 'create' | 'delete' | 'bind';
  /** Asked for in one namespace only; in all of the cluster when left out. */
  readonly namespace?: string;
  /** Asked for one named object only. */
  readonly name?: string;
  /** For rights that are no resource, e.g. `/flagz`. */
  readonly nonResourceUrl?: string;
}

/** One right that a scan uses: shown to the user, turned into a (Cluster)Role, and asked about by `doctor`. */
export interface Need extends Right {
  /** The slices of the facts, of a penetration scan's view of the cluster, or of the upgrade gate's facts that stay unread without it; `internal`: what a pod sees. */
  readonly feeds: readonly (FactName | ViewName | GateSlice | 'internal')[];
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** Who must hold it: the scanner itself, or the second account whose token is all that a kubelet ever sees. */
  readonly holder: 'scanner' | 'kubelet-reader';
}

/** The right in a line: `list pods`, `get configmaps kube-proxy in kube-system`. */
export const rightText = ({ verb, resource, apiGroup, name, namespace, nonResourceUrl }: Right): string =>
  nonResourceUrl === undefined
    ? `${verb} ${resource}${apiGroup === '' ? '' : `.${apiGroup}`}${name === undefined ? '' : ` ${name}`}${namespace === undefined ? '' : ` in ${namespace}`}`
    : `${verb} ${nonResourceUrl}`;
