import { failed, type Result, succeed } from '../../../core/failure.ts';
import { readTime } from '../../../core/time.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { nodeFactsNamespace, podDeadlineSeconds, podSelector } from './manifest.ts';
import { podsPath, removeNamespace } from './namespace.ts';
import { PodAnswer } from './schema.ts';
import type { Timing } from './timing.ts';

/**
 * Age at which a pod cannot belong to a scan that still runs: its deadline, the time it may have waited for its kubelet, and as much again for clocks that disagree.
 */
const leftoverAfterMs = 2 * (podDeadlineSeconds + 30) * 1_000;

export interface SweepInput extends Timing {
  readonly access: ClusterAccess;
  /** Remove what is young as well, though it may belong to a scan that still runs. */
  readonly all?: boolean;
}

/**
 * Removes what interrupted scans left: pods that are too old to belong to one that runs, and the namespace if a scan made it and nobody uses it. Idempotent. Answers what
 * was removed, as sentences.
 */
export const sweepLeftovers = async ({ access, all = false, ...timing }: SweepInput): Promise<Result<readonly string[]>> => {
  const now = readTime(timing.now());
  if (now === undefined) return failed('input-invalid', 'The current time is not an ISO 8601 time.');
  const madeBefore = all ? Number.POSITIVE_INFINITY : now - leftoverAfterMs;
  const old: PodAnswer[] = [];
  const pods = await access.list(
    podsPath,
    PodAnswer,
    (pod) => {
      if ((readTime(pod.metadata.creationTimestamp ?? '') ?? now) < madeBefore) old.push(pod);
    },
    { query: { labelSelector: podSelector } },
  );
  if (!pods.ok) return pods.failure.code === 'not-found' ? succeed([]) : pods;
  const said: string[] = [];
  for (const { metadata, spec } of old) {
    const removed = await access.remove(`${podsPath}/${metadata.name}`);
    if (!removed.ok) return removed;
    said.push(`Removed pod ${nodeFactsNamespace.name}/${metadata.name} on node ${spec?.nodeName ?? 'unknown'}.`);
  }
  const namespace = await removeNamespace(access, { madeBefore }, timing);
  if (!namespace.ok) return namespace;
  return succeed(namespace.value ? [...said, `Removed namespace ${nodeFactsNamespace.name}.`] : said);
};
