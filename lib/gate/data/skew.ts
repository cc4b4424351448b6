import type { Sourced } from './table.ts';

/** How far a component may be from the API servers it talks to. None may be newer than the oldest of them. */
export interface SkewRow extends Sourced {
  readonly component:
    | 'kube-apiserver'
    | 'kubelet'
    | 'kube-proxy'
    | 'kube-controller-manager'
    | 'kube-scheduler'
    | 'cloud-controller-manager';
  /** Minors it may be behind the newest API server. */
  readonly behind: number;
  /** The same for a component that is itself older than a minor. */
  readonly early?: { readonly before: string; readonly behind: number };
  /** kube-proxy: minors between it and the kubelet of its node, either way. */
  readonly kubelet?: number;
}

const policy = { source: 'https://kubernetes.io/releases/version-skew-policy/', verified: '2026-11-28' };
const early = { before: '1.25', behind: 2 };

/** The version skew policy of Kubernetes. */
export const skewRows: readonly SkewRow[] = [
  { component: 'kube-apiserver', behind: 1, ...policy },
  { component: 'kubelet', behind: 3, early, ...policy },
  { component: 'kube-proxy', behind: 3, early, kubelet: 3, ...policy },
  { component: 'kube-controller-manager', behind: 1, ...policy },
  { component: 'kube-scheduler', behind: 1, ...policy },
  { component: 'cloud-controller-manager', behind: 1, ...policy },
];
