import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { asLabel, namespacePath, type PodHome, podsPath, scanLabel, selectorOf } from './home.ts';
import { removeNamespace } from './namespace.ts';
import { PodAnswer } from './schema.ts';
import { nextWait, type Timing } from './timing.ts';

/**
 * Age at which a pod cannot belong to a scan that still runs: its deadline, the time it may have waited for its kubelet, and as much again for clocks that disagree.
 */
const leftoverAfterMs = ({ deadlineSeconds }: PodHome): number => 2 * (deadlineSeconds + 30) * 1_000;

export interface SweepInput extends Timing {
  readonly home: PodHome;
  readonly access: ClusterAccess;
  /** Remove what is young as well, though it may belong to a scan that still runs. */
  readonly all?: boolean;
  /** The scan that has ended: what is its own goes too, however young. */
  readonly scanId?: string;
}

/** How long pods may take to go: their kubelet has to end them. */
const longestMs = 30_000;

/** Waits until none of these pods is listed any more. One that stays keeps the namespace, which the next scan sweeps. */
const waitUntilGone = async (
  home: PodHome,
  access: ClusterAccess,
  removed: readonly PodAnswer[],
  timing: Timing,
): Promise<Result<void>> => {
  const names = new Set(removed.map(({ metadata }) => metadata.name));
  for (let [attempt, waited] = [0, 0]; names.size > 0 && waited < longestMs; attempt += 1) {
    let left = 0;
    const pods = await access.list(podsPath(home), PodAnswer, ({ metadata }) => (left += names.has(metadata.name) ? 1 : 0), {
      query: { labelSelector: selectorOf(home) },
    });
    if (!pods.ok) return pods;
    if (left === 0) break;
    await timing.sleep(nextWait(attempt));
    waited += nextWait(attempt);
  }
  return succeed(undefined);
};

/** Removes what was made beside the pods. Nobody is told of it: it is no more than the pods' own files. */
const removeOthers = async (home: PodHome, access: ClusterAccess, mayGo: (object: PodAnswer) => boolean): Promise<Result<void>> => {
  for (const resource of home.others) {
    const names: string[] = [];
    const path = `${namespacePath(home)}/${resource}`;
    const listed = await access.list(path, PodAnswer, (object) => void (mayGo(object) && names.push(object.metadata.name)), {
      query: { labelSelector: selectorOf(home) },
      metadataOnly: true,
    });
    if (!listed.ok) return listed;
    for (const name of names) {
      const removed = await access.remove(`${path}/${name}`);
      if (!removed.ok) return removed;
    }
  }
  return succeed(undefined);
};

/**
 * Removes what interrupted scans left: pods that are too old to belong to one that runs, and the namespace if a scan made it and nobody uses it. Idempotent. Answers what
 * was removed, as sentences.
 */
export const sweepLeftovers = async ({ home, access, all = false, scanId, ...timing }: SweepInput): Promise<Result<readonly string[]>> => {
  const now = readTime(timing.now());
  if (now === undefined) return failed('input-invalid', 'The current time is not an ISO 8601 time.');
  const madeBefore = all ? Number.POSITIVE_INFINITY : now - leftoverAfterMs(home);
  const old: PodAnswer[] = [];
  const isOwn = ({ metadata }: PodAnswer) => scanId !== undefined && metadata.labels?.[scanLabel] === asLabel(scanId);
  const pods = await access.list(
    podsPath(home),
    PodAnswer,
    (pod) => {
      if (isOwn(pod) || (readTime(pod.metadata.creationTimestamp ?? '') ?? now) < madeBefore) old.push(pod);
    },
    { query: { labelSelector: selectorOf(home) } },
  );
  if (!pods.ok) return pods.failure.code === 'not-found' ? succeed([]) : pods;
  const said: string[] = [];
  for (const { metadata, spec } of old) {
    const removed = await access.remove(`${podsPath(home)}/${metadata.name}`);
    if (!removed.ok) return removed;
    said.push(`Removed pod ${home.namespace.name}/${metadata.name} on node ${spec?.nodeName ?? 'unknown'}.`);
  }
  const others = await removeOthers(
    home,
    access,
    (object) => isOwn(object) || (readTime(object.metadata.creationTimestamp ?? '') ?? now) < madeBefore,
  );
  if (!others.ok) return others;
  const gone = await waitUntilGone(home, access, old, timing);
  if (!gone.ok) return gone;
  const own = scanId === undefined ? succeed(false) : await removeNamespace(home, access, { scanId }, timing);
  const namespace = own.ok && !own.value ? await removeNamespace(home, access, { madeBefore }, timing) : own;
  if (!namespace.ok) return namespace;
  return succeed(namespace.value ? [...said, `Removed namespace ${home.namespace.name}.`] : said);
};
