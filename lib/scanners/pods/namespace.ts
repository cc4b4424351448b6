import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { asLabel, namespaceManifest, namespacePath, type PodHome, podsPath, scanLabel } from './home.ts';
import { NamespaceAnswer, PodAnswer } from './schema.ts';
import { nextWait, type Timing } from './timing.ts';

/** How long a namespace may take to go. */
const longestMs = 30_000;

/** Waits until the namespace is gone. */
const waitUntilGone = async (home: PodHome, access: ClusterAccess, timing: Timing, signal?: AbortSignal): Promise<Result<void>> => {
  for (let [attempt, waited] = [0, 0]; waited < longestMs && !signal?.aborted; attempt += 1) {
    const seen = await access.get(namespacePath(home), NamespaceAnswer);
    if (!seen.ok) return seen.failure.code === 'not-found' ? succeed(undefined) : seen;
    await timing.sleep(nextWait(attempt), signal);
    waited += nextWait(attempt);
  }
  return failed('timed-out', `The namespace ${home.namespace.name} is still being deleted; look at its status and try again.`);
};

const make = async (home: PodHome, access: ClusterAccess, scanId: string): Promise<Result<void>> => {
  const made = await access.create('/api/v1/namespaces', namespaceManifest(home, scanId), NamespaceAnswer);
  // somebody else was faster: the namespace is theirs
  if (made.ok || made.failure.code === 'conflict') return succeed(undefined);
  return made.failure.code === 'permission-missing'
    ? failed(
        'permission-missing',
        `The namespace ${home.namespace.name} is not there and could not be created; an administrator makes it with "gatehouse permissions ${home.permissionsOption} | kubectl apply -f -".`,
        made.failure.needs,
      )
    : made;
};

/** Sees to it that the namespace is there. One that is there already is used as it is, and kept. */
export const ensureNamespace = async (
  home: PodHome,
  access: ClusterAccess,
  scanId: string,
  timing: Timing,
  signal?: AbortSignal,
): Promise<Result<void>> => {
  const seen = await access.get(namespacePath(home), NamespaceAnswer);
  if (seen.ok && seen.value.status?.phase !== 'Terminating') return succeed(undefined);
  if (seen.ok) {
    const gone = await waitUntilGone(home, access, timing, signal);
    return gone.ok ? make(home, access, scanId) : gone;
  }
  if (seen.failure.code === 'not-found') return make(home, access, scanId);
  // who may not look may still be allowed to start pods there
  return seen.failure.code === 'permission-missing' ? succeed(undefined) : seen;
};

/** Whose namespace may go: that of one scan, or any that a scan made before a time (milliseconds since 1970). */
export type Whose = { readonly scanId: string } | { readonly madeBefore: number };

const mayGo = ({ metadata: { labels, creationTimestamp = '' } }: NamespaceAnswer, whose: Whose): boolean => {
  const madeBy = labels?.[scanLabel];
  if ('scanId' in whose) return madeBy === asLabel(whose.scanId);
  return madeBy !== undefined && (readTime(creationTimestamp) ?? 0) < whose.madeBefore;
};

/** Removes the namespace if a scan made it and nobody's pods are in it, and waits until it is gone. Answers whether it was removed. */
export const removeNamespace = async (home: PodHome, access: ClusterAccess, whose: Whose, timing: Timing): Promise<Result<boolean>> => {
  const seen = await access.get(namespacePath(home), NamespaceAnswer);
  if (!seen.ok) return ['not-found', 'permission-missing'].includes(seen.failure.code) ? succeed(false) : seen;
  if (!mayGo(seen.value, whose)) return succeed(false);
  const pods = await access.list(podsPath(home), PodAnswer, () => {});
  if (!pods.ok) return pods;
  if (pods.value.count > 0) return succeed(false);
  const removed = await access.remove(namespacePath(home));
  if (!removed.ok) return removed;
  const gone = await waitUntilGone(home, access, timing);
  return gone.ok ? succeed(true) : gone;
};
