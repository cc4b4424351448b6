import { failed, type Result, succeed } from '../../../core/failure.ts';
import { readTime } from '../../../core/time.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { asLabel, nodeFactsNamespace, podDeadlineSeconds, podSelector, scanLabel } from './manifest.ts';
import { podsPath, removeNamespace } from './namespace.ts';
import { PodAnswer } from './schema.ts';
import { nextWait, type Timing } from './timing.ts';

/**
 * Age at which a pod cannot belong to a scan that still runs: its deadline, the time it may have waited for its kubelet, and as much again for clocks that disagree.
 */
const leftoverAfterMs = 2 * (podDeadlineSeconds + 30) * 1_000;

export interface SweepInput extends Timing {
  readonly access: ClusterAccess;
  /** Remove what is young as well, though it may belong to a scan that still runs. */
  readonly all?: boolean;
  /** The scan that has ended: what is its own goes too, however young. */
  readonly scanId?: string;
}

/** How long pods may take to go: their kubelet has to end them. */
const longestMs = 30_000;

/** Waits until none of these pods is listed any more. One that stays keeps the namespace, which the next scan sweeps. */
const waitUntilGone = async (access: ClusterAccess, removed: readonly PodAnswer[], timing: Timing): Promise<Result<void>> => {
  const names = new Set(removed.map(({ metadata }) => metadata.name));
  for (let [attempt, waited] = [0, 0]; names.size > 0 && waited < longestMs; attempt += 1) {
    let left = 0;
    const pods = await access.list(podsPath, PodAnswer, ({ metadata }) => (left += names.has(metadata.name) ? 1 : 0), {
      query: { labelSelector: podSelector },
    });
    if (!pods.ok) return pods;
    if (left === 0) break;
    await timing.sleep(nextWait(attempt));
    waited += nextWait(attempt);
  }
  return succeed(undefined);
};

/**
 * Removes what interrupted scans left: pods that are too old to belong to one that runs, and the namespace if a scan made it and nobody uses it. Idempotent. Answers what
 * was removed, as sentences.
 */
export const sweepLeftovers = async ({ access, all = false, scanId, ...timing }: SweepInput): Promise<Result<readonly string[]>> => {
  const now = readTime(timing.now());
  if (now === undefined) return failed('input-invalid', 'The current time is not an ISO 8601 time.');
  const madeBefore = all ? Number.POSITIVE_INFINITY : now - leftoverAfterMs;
  const old: PodAnswer[] = [];
  const isOwn = ({ metadata }: PodAnswer) => scanId !== undefined && metadata.labels?.[scanLabel] === asLabel(scanId);
  const pods = await access.list(
    podsPath,
    PodAnswer,
    (pod) => {
      if (isOwn(pod) || (readTime(pod.metadata.creationTimestamp ?? '') ?? now) < madeBefore) old.push(pod);
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
  const gone = await waitUntilGone(access, old, timing);
  if (!gone.ok) return gone;
  const own = scanId === undefined ? succeed(false) : await removeNamespace(access, { scanId }, timing);
  const namespace = own.ok && !own.value ? await removeNamespace(access, { madeBefore }, timing) : own;
  if (!namespace.ok) return namespace;
  return succeed(namespace.value ? [...said, `Removed namespace ${nodeFactsNamespace.name}.`] : said);
};
