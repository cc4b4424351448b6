import { day, readTime } from '../../../core/time.ts';
import { byText } from '../../configuration/listing.ts';
import type { ManagedFields } from './schema.ts';

/** Components that are upgraded with the cluster and then write through newer versions. */
const components = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'cloud-controller-manager',
  'kubelet',
  'kube-proxy',
  'service-account-controller',
]);

/** How long a write by hand says anything: nobody knows whether that manifest is still around. */
const handwritten = 90 * day;
const byHand = /^kubectl-/;

/** Hands that use one tool in several ways (`kubectl-create`, `kubectl-edit`) count as one. */
const writerOf = ({ manager, operation }: ManagedFields): string =>
  byHand.test(manager ?? '') && operation !== 'Apply' ? 'kubectl-' : (manager ?? '');

const isStale = ({ manager, operation, time }: ManagedFields, now: string): boolean => {
  const [then, current] = [readTime(time ?? ''), readTime(now)];
  return byHand.test(manager ?? '') && operation !== 'Apply' && then !== undefined && current !== undefined && current - then > handwritten;
};

/**
 * The last word of every writer of an object: the version it used last. Older entries of the same writer are history (they stay as long as it owns a field through them). Left
 * out are parts of Kubernetes itself, and what somebody wrote by hand long ago.
 */
export const lastWords = (entries: readonly ManagedFields[], now: string): readonly ManagedFields[] => {
  const newest = new Map<string, ManagedFields>();
  for (const entry of entries) {
    if (components.has(entry.manager ?? '')) continue;
    const known = newest.get(writerOf(entry));
    // written in the same second, the later entry of the list counts
    if (!known || byText(entry.time ?? '', known.time ?? '') >= 0) newest.set(writerOf(entry), entry);
  }
  return [...newest.values()].filter((entry) => !isStale(entry, now));
};
