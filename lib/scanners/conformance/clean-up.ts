import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { asLabel, namespacePath, podsPath, scanLabel } from '../pods/home.ts';
import { nextWait, type Timing } from '../pods/timing.ts';
import { accountName, bindingName, conformanceHome, podName, suiteContainer } from './home.ts';
import { listTestNamespaces } from './leftovers.ts';
import { Made, SuitePod } from './schema.ts';
import { readSuiteLog } from './suite-log.ts';

export const podPath = `${podsPath(conformanceHome)}/${podName}`;
export const bindingsPath = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
export const accountsPath = `${namespacePath(conformanceHome)}/serviceaccounts`;
const homePath = namespacePath(conformanceHome);
const namespace = conformanceHome.namespace.name;

/** Of which scan something is; undefined when no scan made it. */
export const scanOf = ({ metadata }: Pick<Made, 'metadata'>): string | undefined => metadata.labels?.[scanLabel];

/** Waits until something is gone, for so long. */
export const waitUntilGone = async (access: ClusterAccess, path: string, longestMs: number, timing: Timing): Promise<Result<boolean>> => {
  for (let [attempt, waited] = [0, 0]; ; attempt += 1) {
    const seen = await access.get(path, Made);
    if (!seen.ok) return seen.failure.code === 'not-found' ? succeed(true) : seen;
    if (waited >= longestMs) return succeed(false);
    await timing.sleep(nextWait(attempt));
    waited += nextWait(attempt);
  }
};

/** Whose things are removed: those of one scan, and the namespaces its tests made since a moment of the API server's clock. */
export interface Removal extends Timing {
  readonly access: ClusterAccess;
  readonly scanId: string;
  /** Absent: test namespaces are removed only where the run's own id is known from its log. */
  readonly madeAt?: string;
}

const isOwn = (one: Pick<Made, 'metadata'>, { scanId }: Removal): boolean => scanOf(one) === asLabel(scanId);

/** The id that the suite gave the run, while its pod is there to tell. */
const runIdOf = async ({ access }: Removal): Promise<string | undefined> => {
  const log = await access.text(`${podPath}/log`, { container: suiteContainer, limitBytes: '16384' });
  return log.ok ? readSuiteLog(log.value).runId : undefined;
};

/** Ends the suite, and waits until it can make nothing more. */
const removePod = async (removal: Removal): Promise<Result<readonly string[]>> => {
  const pod = await removal.access.get(podPath, SuitePod);
  if (!pod.ok) return pod.failure.code === 'not-found' ? succeed([]) : pod;
  if (!isOwn(pod.value, removal)) return succeed([]);
  const removed = await removal.access.remove(podPath);
  if (!removed.ok) return removed;
  const gone = await waitUntilGone(removal.access, podPath, 20_000, removal);
  // its node may be away: then it is taken off the list without asking it
  if (gone.ok && !gone.value) await removal.access.remove(podPath, { gracePeriodSeconds: '0' });
  return gone.ok ? succeed([`Removed pod ${namespace}/${podName}.`]) : gone;
};

const removeBinding = async (removal: Removal): Promise<Result<readonly string[]>> => {
  const path = `${bindingsPath}/${bindingName}`;
  const binding = await removal.access.get(path, Made);
  if (!binding.ok) return binding.failure.code === 'not-found' ? succeed([]) : binding;
  if (!isOwn(binding.value, removal)) return succeed([]);
  const removed = await removal.access.remove(path);
  return removed.ok ? succeed([`Removed ClusterRoleBinding ${bindingName}.`]) : removed;
};

/** Removes what tests left that were broken off: the suite labels its namespaces with the id of its run. Nobody waits for them to go. */
const removeTestNamespaces = async (removal: Removal, runId: string | undefined): Promise<Result<readonly string[]>> => {
  const { access, madeAt } = removal;
  if (runId === undefined && madeAt === undefined) return succeed([]);
  const from = readTime(madeAt ?? '') ?? 0;
  const said: string[] = [];
  for (const { metadata, status } of await listTestNamespaces(access, runId)) {
    if (status?.phase === 'Terminating' || (readTime(metadata.creationTimestamp ?? '') ?? 0) < from) continue;
    const removed = await access.remove(`/api/v1/namespaces/${metadata.name}`);
    if (!removed.ok) return removed;
    said.push(`Removed namespace ${metadata.name}, which a test had left.`);
  }
  return succeed(said);
};

/** How long the namespace may take to go: after a run it takes three quarters of a minute. */
const namespaceMs = 75_000;

const removeHome = async (removal: Removal): Promise<Result<readonly string[]>> => {
  const { access } = removal;
  const seen = await access.get(homePath, Made);
  if (!seen.ok) return seen.failure.code === 'not-found' ? succeed([]) : seen;
  if (!isOwn(seen.value, removal)) {
    // an administrator made it, and it stays
    const account = await access.get(`${accountsPath}/${accountName}`, Made);
    const removed =
      account.ok && isOwn(account.value, removal) ? await access.remove(`${accountsPath}/${accountName}`) : succeed(undefined);
    return removed.ok ? succeed([]) : removed;
  }
  const removed = await access.remove(homePath);
  if (!removed.ok) return removed;
  const gone = await waitUntilGone(access, homePath, namespaceMs, removal);
  if (!gone.ok) return gone;
  return gone.value
    ? succeed([`Removed namespace ${namespace}.`])
    : failed('timed-out', `The namespace ${namespace} is still being deleted; look at its status, it holds up the next run.`);
};

/** Removes everything of one run, whatever of it is there; safe to repeat. The rights go before anything may take long. */
export const removeRun = async (removal: Removal): Promise<Result<readonly string[]>> => {
  const runId = await runIdOf(removal);
  const said: string[] = [];
  for (const step of [removePod, removeBinding, (one: Removal) => removeTestNamespaces(one, runId), removeHome]) {
    const done = await step(removal);
    if (!done.ok) return done;
    said.push(...done.value);
  }
  return succeed(said);
};

/** A run that nobody looks after any more may be removed: its pod has ended, or is gone. */
export const hasEnded = async (access: ClusterAccess): Promise<Result<boolean>> => {
  const pod = await access.get(podPath, SuitePod);
  if (!pod.ok) return pod.failure.code === 'not-found' ? succeed(true) : pod;
  return succeed(['Succeeded', 'Failed'].includes(pod.value.status?.phase ?? ''));
};

/** A namespace this young may be of a run that is about to start its pod, in milliseconds. */
const youngMs = 5 * 60_000;

/** Removes what an interrupted run left, and with `all` also one that still runs. Answers what was removed, as sentences. */
export const sweepConformance = async ({
  access,
  all = false,
  ...timing
}: Timing & { readonly access: ClusterAccess; readonly all?: boolean }): Promise<Result<readonly string[]>> => {
  const [home, binding, pod] = await Promise.all([
    access.get(homePath, Made),
    access.get(`${bindingsPath}/${bindingName}`, Made),
    access.get(podPath, SuitePod),
  ]);
  const scans = new Map<string, string>();
  for (const one of [home, binding, pod]) {
    const scanId = one.ok ? scanOf(one.value) : undefined;
    if (one.ok && scanId !== undefined) scans.set(scanId, one.value.metadata.creationTimestamp ?? '');
  }
  const said: string[] = [];
  for (const [scanId, since] of scans) {
    const isYoung = (readTime(timing.now()) ?? 0) - (readTime(since) ?? 0) < youngMs;
    const ended = await hasEnded(access);
    if (!ended.ok) return ended;
    if (!all && (!ended.value || isYoung)) continue;
    const removed = await removeRun({ access, scanId, ...timing });
    if (!removed.ok) return removed;
    said.push(...removed.value);
  }
  return succeed(said);
};
