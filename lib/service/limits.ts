import { failed, type Result, succeed } from '../core/failure.ts';
import { defaultLimits, fitsOneMore } from '../fleet/limits.ts';
import { isOpenOverride } from '../fleet/override-rules.ts';
import { isFinal } from '../fleet/scan.ts';
import type { WaiverRecord } from '../fleet/waiver.ts';
import type { Collection, ListQuery } from '../records/collection.ts';
import { partitions } from '../records/index.ts';
import type { ScanKind } from '../reports/report.ts';
import type { ServicePorts } from './handler.ts';

const countOf = async <T, K>(from: Collection<T, K>, query: ListQuery, counts: (value: T) => boolean = () => true): Promise<number> => {
  let there = 0;
  for await (const { value } of from.all({ ...query, limit: 1000 })) if (counts(value)) there++;
  return there;
};

/** Whether the tenant may have one more of these. */
export const withinLimit = async ({ records }: ServicePorts, what: 'users' | 'teams' | 'projects' | 'roles'): Promise<Result<void>> =>
  fitsOneMore(what, await countOf(records[what] as Collection<unknown, string>, partitions[what]));

/** Whether a person may have one more token. Those that work no more do not count. */
export const withinTokenLimit = async ({ records, clock }: ServicePorts, ownerId: string): Promise<Result<void>> => {
  const now = clock.now();
  const works = await countOf(
    records.tokens,
    partitions.tokens,
    ({ owner, revokedAt, expiresAt }) => owner.id === ownerId && revokedAt === undefined && expiresAt > now,
  );
  return fitsOneMore('tokensPerUser', works);
};

/** Whether a project may have one more waiver. Those that were rejected or ended do not count: every scan and rename looks through the others. */
export const withinWaiverLimit = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> => {
  const isOpen = ({ state }: WaiverRecord) => state === 'requested' || state === 'approved';
  return fitsOneMore('waiversPerProject', await countOf(records.waivers, partitions.waivers(projectId), isOpen));
};

/** Whether a project may have one more policy. */
export const withinPolicyLimit = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> =>
  fitsOneMore('policiesPerProject', await countOf(records.policies, partitions.policies(projectId)));

/** Whether a project may have one more override. Those that are over or were decided against do not count. */
export const withinOverrideLimit = async ({ records, clock }: ServicePorts, projectId: string): Promise<Result<void>> => {
  const now = clock.now();
  return fitsOneMore(
    'overridesPerProject',
    await countOf(records.overrides, partitions.overrides(projectId), (one) => isOpenOverride(one, now)),
  );
};

/** Whether a project may have one more webhook. */
export const withinWebhookLimit = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> =>
  fitsOneMore('webhooksPerProject', await countOf(records.webhooks, partitions.webhooks(projectId)));

/** Whether a project may have one more connection to a release system. */
export const withinConnectionLimit = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> =>
  fitsOneMore('connectionsPerProject', await countOf(records.connections, partitions.connections(projectId)));

/** Whether a project may have one more trust rule. */
export const withinTrustRuleLimit = async ({ records }: ServicePorts, projectId: string): Promise<Result<void>> =>
  fitsOneMore('trustRulesPerProject', await countOf(records.trustRules, partitions.trustRules(projectId)));

/** Whether the tenant may have one more cluster, in whichever project. Removed ones do not count. */
export const withinClusterLimit = async ({ records }: ServicePorts, limits = defaultLimits): Promise<Result<void>> => {
  let active = 0;
  for await (const { value: project } of records.projects.all(partitions.projects))
    active += await countOf(records.clusters, partitions.clusters(project.id), ({ state }) => state === 'active');
  return fitsOneMore('clusters', active, limits);
};

/** Scans of one kind that have not ended on one cluster: more are not taken from people. Only one can run there; hundreds of thousands that wait would keep the dispatcher from everybody else's. */
const mostOpenScans = 5;
const newest = 100;

/** Whether one more scan of a kind may be asked for on a cluster. */
export const withinOpenScans = async ({ records }: ServicePorts, clusterId: string, kind: ScanKind): Promise<Result<void>> => {
  const page = await records.scans.list({ ...partitions.scans(clusterId), order: 'descending', limit: newest });
  if (!page.ok) return page;
  const open = page.value.items.filter(({ value }) => value.kind === kind && !isFinal(value.state)).length;
  return open < mostOpenScans
    ? succeed(undefined)
    : failed('conflict', `There are ${open} ${kind} scans of this cluster already that have not ended; wait for them, or cancel them.`);
};
