import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readTime } from '../core/time.ts';
import { Cluster } from '../fleet/cluster.ts';
import { ApiToken, AuditRecord, Role, Team, User } from '../fleet/people.ts';
import { Project } from '../fleet/project.ts';
import { isDone, ScanRecord } from '../fleet/scan.ts';
import { Schedule } from '../fleet/schedule.ts';
import { WaiverRecord } from '../fleet/waiver.ts';
import { Webhook } from '../fleet/webhook.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { ScanKind } from '../reports/report.ts';
import { expiresAt as waiverEnds } from '../reports/waiver.ts';
import { type Collection, collection } from './collection.ts';
import { createNames } from './names.ts';

export type { Collection, Page, Versioned } from './collection.ts';

const dayInSeconds = 86_400;
const secondsOf = (iso: string): number => Math.floor((readTime(iso) ?? 0) / 1000);

/** Shards of the due index, so that 40,000 schedules of the same minute do not queue up behind one partition. */
export const dueShards = 16;
export const dueShardOf = (clusterId: string): string =>
  `DUE#${(createHash('sha256').update(clusterId).digest()[0] as number) % dueShards}`;
export const dueShardNames: readonly string[] = Array.from({ length: dueShards }, (_, shard) => `DUE#${shard}`);

/** Partitions: what to hand to `list` and `all`. */
export const partitions = {
  projects: { pk: 'PROJECTS' },
  teams: { pk: 'TEAMS' },
  users: { pk: 'USERS' },
  roles: { pk: 'ROLES' },
  tokens: { pk: 'TOKENS' },
  clusters: (projectId: string) => ({ pk: `PROJECT#${projectId}`, prefix: 'CLUSTER#' }),
  waivers: (projectId: string) => ({ pk: `PROJECT#${projectId}`, prefix: 'WAIVER#' }),
  webhooks: (projectId: string) => ({ pk: `PROJECT#${projectId}`, prefix: 'WEBHOOK#' }),
  schedules: (clusterId: string) => ({ pk: `CLUSTER#${clusterId}`, prefix: 'SCHEDULE#' }),
  /** By id, which sorts by time. */
  scans: (clusterId: string) => ({ pk: `CLUSTER#${clusterId}`, prefix: 'SCAN#' }),
  /** Sealed manifests, in the order of the chain. */
  chain: (clusterId: string) => ({ pk: `CLUSTER#${clusterId}`, prefix: 'CHAIN#' }),
  /** Scans of a project that have not ended, or whose evidence is not sealed yet. */
  openScans: (projectId: string) => ({ pk: `OPEN#${projectId}`, index: 'open' as const }),
  /** By time. */
  audit: (scope: string) => ({ pk: `AUDIT#${scope}` }),
};

/** Which scan holds the lane of a kind: at most one scan of a kind is alive on a cluster. */
export const Lane = z.object({ clusterId: z.string(), kind: z.string(), scanId: z.string(), since: z.string() });
export type Lane = z.infer<typeof Lane>;

/** One place in the chain of a cluster. Put if absent, so there is one manifest per place; it holds the manifest itself, so that a seal that was interrupted can be finished. */
export const ChainEntry = z.object({
  clusterId: z.string(),
  sequence: z.int(),
  scanId: z.string(),
  manifestSha256: z.string(),
  /** The bytes of the manifest, as text. */
  manifest: z.string(),
});
export type ChainEntry = z.infer<typeof ChainEntry>;

/** Scans of a project that run now; one record, so that the limit holds whoever is faster. */
export const ProjectSlots = z.object({
  projectId: z.string(),
  running: z.array(z.object({ clusterId: z.string(), scanId: z.string() })),
});
export type ProjectSlots = z.infer<typeof ProjectSlots>;

/** A token with what never leaves the store: the hash of its text, and where it comes from. */
export const StoredToken = ApiToken.extend({
  hash: z.string().describe('SHA-256 of the token text, hex.'),
  /** Ids of the token it was made with, of the one that was made with, and so on: it is good for as long as all of them are. */
  madeWith: z.array(z.string()).optional(),
});
export type StoredToken = z.infer<typeof StoredToken>;

export interface ClusterName {
  readonly projectId: string;
  readonly clusterId: string;
}
export interface OfCluster<Rest extends string> {
  readonly clusterId: string;
  readonly name: Rest;
}

/** All collections over the core store. One place where keys are made. */
export const createRecords = (store: RecordStore) => ({
  names: createNames(store),
  projects: collection(store, {
    what: 'project',
    schema: Project,
    key: (id: string) => ({ pk: 'PROJECTS', sk: id }),
    nameOf: ({ id }) => id,
  }),
  teams: collection(store, { what: 'team', schema: Team, key: (id: string) => ({ pk: 'TEAMS', sk: id }), nameOf: ({ id }) => id }),
  users: collection(store, { what: 'user', schema: User, key: (id: string) => ({ pk: 'USERS', sk: id }), nameOf: ({ id }) => id }),
  roles: collection(store, { what: 'role', schema: Role, key: (id: string) => ({ pk: 'ROLES', sk: id }), nameOf: ({ id }) => id }),
  tokens: collection(store, {
    what: 'token',
    schema: StoredToken,
    key: (id: string) => ({ pk: 'TOKENS', sk: id }),
    nameOf: ({ id }) => id,
    // kept a while after their end, so that an audit record can be read with their name
    expiresAt: ({ expiresAt }) => secondsOf(expiresAt) + 400 * dayInSeconds,
  }),
  clusters: collection(store, {
    what: 'cluster',
    schema: Cluster,
    key: ({ projectId, clusterId }: ClusterName) => ({ pk: `PROJECT#${projectId}`, sk: `CLUSTER#${clusterId}` }),
    nameOf: ({ projectId, id }) => ({ projectId, clusterId: id }),
    indexes: ({ state, credential, id, projectId }) =>
      state === 'active' && credential.expires !== undefined && credential.warnedAt === undefined
        ? { expiring: { pk: 'EXPIRING#credentials', sk: `${credential.expires}#${projectId}#${id}` } }
        : {},
  }),
  schedules: collection(store, {
    what: 'schedule',
    schema: Schedule,
    key: ({ clusterId, name }: OfCluster<ScanKind>) => ({ pk: `CLUSTER#${clusterId}`, sk: `SCHEDULE#${name}` }),
    nameOf: ({ clusterId, kind }) => ({ clusterId, name: kind }),
    indexes: ({ nextRunAt, paused, clusterId, kind }) =>
      nextRunAt === undefined || paused ? {} : { due: { pk: dueShardOf(clusterId), sk: `${nextRunAt}#${clusterId}#${kind}` } },
  }),
  scans: collection(store, {
    what: 'scan',
    schema: ScanRecord,
    key: ({ clusterId, name }: OfCluster<string>) => ({ pk: `CLUSTER#${clusterId}`, sk: `SCAN#${name}` }),
    nameOf: ({ clusterId, id }) => ({ clusterId, name: id }),
    indexes: ({ state, unsealed, projectId, id, clusterId }) =>
      isDone({ state, unsealed }) ? {} : { open: { pk: `OPEN#${projectId}`, sk: `${id}#${clusterId}` } },
  }),
  lanes: collection(store, {
    what: 'lane',
    schema: Lane,
    key: ({ clusterId, name }: OfCluster<string>) => ({ pk: `CLUSTER#${clusterId}`, sk: `LANE#${name}` }),
    nameOf: ({ clusterId, kind }) => ({ clusterId, name: kind }),
  }),
  chain: collection(store, {
    what: 'chain entry',
    schema: ChainEntry,
    key: ({ clusterId, sequence }: Pick<ChainEntry, 'clusterId' | 'sequence'>) => ({
      pk: `CLUSTER#${clusterId}`,
      sk: `CHAIN#${String(sequence).padStart(9, '0')}`,
    }),
    nameOf: ({ clusterId, sequence }) => ({ clusterId, sequence }),
  }),
  slots: collection(store, {
    what: 'list of running scans',
    schema: ProjectSlots,
    key: (projectId: string) => ({ pk: `PROJECT#${projectId}`, sk: 'SLOTS' }),
    nameOf: ({ projectId }) => projectId,
  }),
  waivers: collection(store, {
    what: 'waiver',
    schema: WaiverRecord,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: `PROJECT#${projectId}`, sk: `WAIVER#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
    indexes: (waiver) =>
      waiver.state === 'approved' && waiver.warnedAt === undefined
        ? { expiring: { pk: 'EXPIRING#waivers', sk: `${String(waiverEnds(waiver)).padStart(15, '0')}#${waiver.projectId}#${waiver.id}` } }
        : {},
  }),
  webhooks: collection(store, {
    what: 'webhook',
    schema: Webhook,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: `PROJECT#${projectId}`, sk: `WEBHOOK#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
  }),
  audit: collection(store, {
    what: 'audit record',
    schema: AuditRecord,
    key: ({ scope, id }: { scope: string; id: string }) => ({ pk: `AUDIT#${scope}`, sk: id }),
    nameOf: ({ projectId, id }) => ({ scope: projectId ?? 'tenant', id }),
  }),
});
export type Records = ReturnType<typeof createRecords>;
export type ScanCollection = Collection<ScanRecord, OfCluster<string>>;
