import { failed, type Result, succeed } from '../core/failure.ts';
import { minute, timeOf } from '../core/time.ts';
import type { ScanKind } from '../reports/report.ts';
import type { Cluster, ClusterHealth } from './cluster.ts';
import type { Actor } from './common.ts';
import { isFinal, mayFollow, type ScanRecord, type ScanState } from './scan.ts';

type Fixed = 'id' | 'projectId' | 'clusterId' | 'kind' | 'trigger' | 'queuedAt' | 'state';
/** What changes along with a state. Whatever did not go well says why, and every end says when. */
export type Patch<To extends ScanState> = Partial<Omit<ScanRecord, Fixed>> &
  (To extends 'running' ? { readonly startedAt: string } : { readonly endedAt: string }) &
  (To extends 'running' | 'completed' ? unknown : { readonly reason: string });

/** The record in its next state. Forward only: what has ended stays as it is. */
export const transition = <To extends Exclude<ScanState, 'queued'>>(record: ScanRecord, to: To, patch: Patch<To>): Result<ScanRecord> => {
  if (isFinal(record.state)) return failed('conflict', `The scan is ${record.state} already; that is final. Start a new one instead.`);
  if (!mayFollow(record.state, to)) return failed('conflict', `A scan that is ${record.state} cannot become ${to}; read its state again.`);
  return succeed({ ...record, ...patch, state: to });
};

/** The scan with the wish that it end; who wished it first stays. Whoever runs it sees the wish and cleans up. */
export const requestCancel = (record: ScanRecord, by: Actor, at: string): Result<ScanRecord> =>
  isFinal(record.state)
    ? failed('conflict', `The scan has ended already: it is ${record.state}.`)
    : succeed(record.cancelRequested ? record : { ...record, cancelRequested: { by, at } });

/** What is known when a scan wants to start. */
export interface AdmissionFacts {
  readonly kind: ScanKind;
  /** Whether this scan starts pods in the cluster. */
  readonly startsPods: boolean;
  readonly clusterState: Cluster['state'];
  /** What was last seen of the cluster, best a moment ago. */
  readonly health: ClusterHealth;
  /** The other scan of this kind that is alive on the cluster, if there is one. */
  readonly laneHolder?: string;
  /** The present; when left out, the moment at which the health was looked at. */
  readonly now?: string;
}
export type Admission = { readonly go: true } | { readonly go: false; readonly reason: string };

/** A contact must be younger than this. */
export const contactMinutes = 10;

const wasInContact = ({ lastContactAt, checkedAt }: ClusterHealth, now: string | undefined): boolean => {
  const present = now ?? checkedAt;
  return lastContactAt !== undefined && present !== undefined && timeOf(present) - timeOf(lastContactAt) < contactMinutes * minute;
};

/** "w-1, w-2, w-3 and 4 more". */
const naming = (names: readonly string[], most = 3): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');

const whyNoPods = ({ cordoned }: ClusterHealth): string | undefined => {
  if (cordoned === undefined)
    return 'Whether nodes are in maintenance could not be seen, and this scan starts pods; let the credential list nodes.';
  const are = cordoned.length === 1 ? 'node is' : 'nodes are';
  return cordoned.length === 0
    ? undefined
    : `${cordoned.length} ${are} in maintenance (${naming(cordoned)}), and this scan starts pods; uncordon first, or scan later.`;
};

const whyNot = ({ kind, startsPods, clusterState, health, laneHolder, now }: AdmissionFacts): string | undefined => {
  if (clusterState === 'removed') return 'The cluster was removed; register it again to scan it.';
  if (laneHolder !== undefined) return `Another ${kind} scan of this cluster, ${laneHolder}, has not ended yet; wait for it, or cancel it.`;
  if (!wasInContact(health, now)) {
    const why = health.reason ? ` ${health.reason}` : ' Test the connection.';
    return `The cluster has not answered for ${contactMinutes} minutes.${why}`;
  }
  return startsPods ? whyNoPods(health) : undefined;
};

/** Whether a scan may start; if not, the reason with which it is skipped. */
export const admit = (facts: AdmissionFacts): Admission => {
  const reason = whyNot(facts);
  return reason === undefined ? { go: true } : { go: false, reason };
};

/** A node, as far as it matters for what a report is about. */
export interface NodeSeen {
  readonly name: string;
  readonly kubeletVersion: string;
}

/**
 * A sentence when nodes came, went or changed their version between start and end of a scan, or the cluster did: then nobody can say of which
 * state of the cluster the report is.
 */
export const uncertainty = (
  before: readonly NodeSeen[],
  after: readonly NodeSeen[],
  cluster: { readonly before?: string; readonly after?: string } = {},
): string | undefined => {
  const was = new Map(before.map(({ name, kubeletVersion }) => [name, kubeletVersion]));
  const is = new Map(after.map(({ name, kubeletVersion }) => [name, kubeletVersion]));
  const came = after.filter(({ name }) => !was.has(name)).map(({ name }) => name);
  const went = before.filter(({ name }) => !is.has(name)).map(({ name }) => name);
  const changed = before.flatMap(({ name, kubeletVersion }) => {
    const version = is.get(name) ?? kubeletVersion;
    return version === kubeletVersion ? [] : [`${name} (${kubeletVersion} to ${version})`];
  });
  const changes = [
    cluster.before === cluster.after
      ? ''
      : `the cluster changed from ${cluster.before ?? 'an unknown version'} to ${cluster.after ?? 'an unknown one'}`,
    came.length > 0 ? `new: ${naming(came)}` : '',
    went.length > 0 ? `gone: ${naming(went)}` : '',
    changed.length > 0 ? `another version: ${naming(changed)}` : '',
  ].filter(Boolean);
  return changes.length === 0
    ? undefined
    : `Nodes or versions changed while the scan ran (${changes.join('; ')}), so it may describe neither state; scan again.`;
};
