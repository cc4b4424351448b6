import type { NeededNamespace } from '../permissions.ts';

/** On a pod: the scan it belongs to. On the namespace: that a scan made it, so that it may go again. */
export const scanLabel = 'gatehouse.dev/scan-id';

/** Where short-lived pods of one purpose live, and how they are told from others. */
export interface PodHome {
  readonly namespace: NeededNamespace;
  /** Labels by which our pods are found again. */
  readonly labels: Readonly<Record<string, string>>;
  /** Deadline of one pod, in seconds from its start: the kubelet ends it then, whether or not we are still there. */
  readonly deadlineSeconds: number;
  /** Option of `gatehouse permissions` that prints what is needed. */
  readonly permissionsOption: string;
  /** Option that names another image, and what an image must hold. */
  readonly imageOption: string;
  readonly imageMustHold: string;
  /** Objects beside pods that a scan makes there: they go with the pods. */
  readonly others: readonly 'configmaps'[];
}

/** Finds our pods in a list. */
export const selectorOf = ({ labels }: PodHome): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

export const namespacePath = ({ namespace }: PodHome): string => `/api/v1/namespaces/${namespace.name}`;
export const podsPath = (home: PodHome): string => `${namespacePath(home)}/pods`;

/** A scan id as a label takes it: at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends. */
export const asLabel = (scanId: string): string =>
  scanId
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');

/** The namespace, marked as made by a scan. */
export const namespaceManifest = ({ namespace }: PodHome, scanId: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace.name, labels: { ...namespace.labels, [scanLabel]: asLabel(scanId) } },
});
