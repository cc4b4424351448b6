import { createHash } from 'node:crypto';
import { readTime } from '../core/time.ts';
import type { ScanRecord } from '../fleet/scan.ts';
import { isDone } from '../fleet/scan-states.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { ScanKind } from '../reports/report.ts';
import { expiresAt as waiverEnds } from '../reports/waiver-end.ts';
import { type Collection, collection } from './collection.ts';
import { createNames } from './names.ts';
import type { ChainEntry } from './schemas.ts';

export type { Collection, Page, Versioned } from './collection.ts';
export type { ChainEntry, Lane, ProjectSlots } from './schemas.ts';
export type { StoredToken } from './stored-token.ts';

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
  connections: (projectId: string) => ({ pk: `PROJECT#${projectId}`, prefix: 'CONNECTION#' }),
  /** Of every project: a token names none. */
  allTrustRules: { pk: 'TRUSTRULES' },
  trustRules: (projectId: string) => ({ pk: 'TRUSTRULES', prefix: `${projectId}#` }),
  policies: (projectId: string) => ({ pk: `PROJECT#${projectId}`, prefix: 'POLICY#' }),
  policyVersions: (projectId: string, name: string) => ({ pk: `POLICY#${projectId}#${name}` }),
  /** By id, which sorts by time. */
  overrides: (projectId: string) => ({ pk: `PROJECT#${projectId}`, prefix: 'OVERRIDE#' }),
  /** By their end. */
  approvedOverrides: (clusterId: string) => ({ pk: `OPEN#OVERRIDES#${clusterId}`, index: 'open' as const }),
  /** By id, which sorts by time. */
  evaluations: (clusterId: string) => ({ pk: `CLUSTER#${clusterId}`, prefix: 'EVALUATION#' }),
  /** Evaluations of a project that are not decided yet, or whose evidence is not sealed yet. */
  openEvaluations: (projectId: string) => ({ pk: `OPEN#EVALUATIONS#${projectId}`, index: 'open' as const }),
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

export interface ClusterName {
  readonly projectId: string;
  readonly clusterId: string;
}
export interface OfCluster<Rest extends string> {
  readonly clusterId: string;
  readonly name: Rest;
}

export interface OfPolicy {
  readonly projectId: string;
  readonly name: string;
}

/** All collections over the core store. One place where keys are made. A schema is loaded when something of its kind is first read: nobody reads all of them (docs/adr/0026). */
export const createRecords = (store: RecordStore) => ({
  names: createNames(store),
  projects: collection(store, {
    what: 'project',
    schema: async () => (await import('../fleet/project.ts')).Project,
    key: (id: string) => ({ pk: 'PROJECTS', sk: id }),
    nameOf: ({ id }) => id,
  }),
  teams: collection(store, {
    what: 'team',
    schema: async () => (await import('../fleet/people.ts')).Team,
    key: (id: string) => ({ pk: 'TEAMS', sk: id }),
    nameOf: ({ id }) => id,
  }),
  users: collection(store, {
    what: 'user',
    schema: async () => (await import('../fleet/people.ts')).User,
    key: (id: string) => ({ pk: 'USERS', sk: id }),
    nameOf: ({ id }) => id,
  }),
  roles: collection(store, {
    what: 'role',
    schema: async () => (await import('../fleet/people.ts')).Role,
    key: (id: string) => ({ pk: 'ROLES', sk: id }),
    nameOf: ({ id }) => id,
  }),
  tokens: collection(store, {
    what: 'token',
    schema: async () => (await import('./stored-token.ts')).StoredToken,
    key: (id: string) => ({ pk: 'TOKENS', sk: id }),
    nameOf: ({ id }) => id,
    // kept a while after their end, so that an audit record can be read with their name
    expiresAt: ({ expiresAt }) => secondsOf(expiresAt) + 400 * dayInSeconds,
  }),
  clusters: collection(store, {
    what: 'cluster',
    schema: async () => (await import('../fleet/cluster.ts')).Cluster,
    key: ({ projectId, clusterId }: ClusterName) => ({ pk: `PROJECT#${projectId}`, sk: `CLUSTER#${clusterId}` }),
    nameOf: ({ projectId, id }) => ({ projectId, clusterId: id }),
    indexes: ({ state, credential, id, projectId }) =>
      state === 'active' && credential.expires !== undefined && credential.warnedAt === undefined
        ? { expiring: { pk: 'EXPIRING#credentials', sk: `${credential.expires}#${projectId}#${id}` } }
        : {},
  }),
  schedules: collection(store, {
    what: 'schedule',
    schema: async () => (await import('../fleet/schedule.ts')).Schedule,
    key: ({ clusterId, name }: OfCluster<ScanKind>) => ({ pk: `CLUSTER#${clusterId}`, sk: `SCHEDULE#${name}` }),
    nameOf: ({ clusterId, kind }) => ({ clusterId, name: kind }),
    indexes: ({ nextRunAt, paused, clusterId, kind }) =>
      nextRunAt === undefined || paused ? {} : { due: { pk: dueShardOf(clusterId), sk: `${nextRunAt}#${clusterId}#${kind}` } },
  }),
  scans: collection(store, {
    what: 'scan',
    schema: async () => (await import('../fleet/scan.ts')).ScanRecord,
    key: ({ clusterId, name }: OfCluster<string>) => ({ pk: `CLUSTER#${clusterId}`, sk: `SCAN#${name}` }),
    nameOf: ({ clusterId, id }) => ({ clusterId, name: id }),
    indexes: ({ state, unsealed, projectId, id, clusterId }) =>
      isDone({ state, unsealed }) ? {} : { open: { pk: `OPEN#${projectId}`, sk: `${id}#${clusterId}` } },
  }),
  lanes: collection(store, {
    what: 'lane',
    schema: async () => (await import('./schemas.ts')).Lane,
    key: ({ clusterId, name }: OfCluster<string>) => ({ pk: `CLUSTER#${clusterId}`, sk: `LANE#${name}` }),
    nameOf: ({ clusterId, kind }) => ({ clusterId, name: kind }),
  }),
  chain: collection(store, {
    what: 'chain entry',
    schema: async () => (await import('./schemas.ts')).ChainEntry,
    key: ({ clusterId, sequence }: Pick<ChainEntry, 'clusterId' | 'sequence'>) => ({
      pk: `CLUSTER#${clusterId}`,
      sk: `CHAIN#${String(sequence).padStart(9, '0')}`,
    }),
    nameOf: ({ clusterId, sequence }) => ({ clusterId, sequence }),
  }),
  slots: collection(store, {
    what: 'list of running scans',
    schema: async () => (await import('./schemas.ts')).ProjectSlots,
    key: (projectId: string) => ({ pk: `PROJECT#${projectId}`, sk: 'SLOTS' }),
    nameOf: ({ projectId }) => projectId,
  }),
  waivers: collection(store, {
    what: 'waiver',
    schema: async () => (await import('../fleet/waiver.ts')).WaiverRecord,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: `PROJECT#${projectId}`, sk: `WAIVER#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
    indexes: (waiver) =>
      waiver.state === 'approved' && waiver.warnedAt === undefined
        ? { expiring: { pk: 'EXPIRING#waivers', sk: `${String(waiverEnds(waiver)).padStart(15, '0')}#${waiver.projectId}#${waiver.id}` } }
        : {},
  }),
  webhooks: collection(store, {
    what: 'webhook',
    schema: async () => (await import('../fleet/webhook.ts')).Webhook,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: `PROJECT#${projectId}`, sk: `WEBHOOK#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
  }),
  connections: collection(store, {
    what: 'connection',
    schema: async () => (await import('../fleet/connection.ts')).Connection,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: `PROJECT#${projectId}`, sk: `CONNECTION#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
  }),
  /** Whose a connection is: who calls its hook knows its id alone. */
  connectionRefs: collection(store, {
    what: 'connection',
    schema: async () => (await import('./schemas.ts')).ConnectionRef,
    key: (id: string) => ({ pk: `CONNECTIONREF#${id}`, sk: 'REF' }),
    nameOf: ({ id }) => id,
  }),
  trustRules: collection(store, {
    what: 'trust rule',
    schema: async () => (await import('../fleet/connection.ts')).TrustRuleRecord,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: 'TRUSTRULES', sk: `${projectId}#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
  }),
  policies: collection(store, {
    what: 'policy',
    schema: async () => (await import('../fleet/gate-policy.ts')).PolicyHead,
    key: ({ projectId, name }: OfPolicy) => ({ pk: `PROJECT#${projectId}`, sk: `POLICY#${name}` }),
    nameOf: ({ projectId, name }) => ({ projectId, name }),
  }),
  policyVersions: collection(store, {
    what: 'version of the policy',
    schema: async () => (await import('../fleet/gate-policy.ts')).PolicyVersion,
    key: ({ projectId, name, version }: OfPolicy & { readonly version: number }) => ({
      pk: `POLICY#${projectId}#${name}`,
      sk: String(version).padStart(9, '0'),
    }),
    nameOf: ({ projectId, name, version }) => ({ projectId, name, version }),
  }),
  overrides: collection(store, {
    what: 'override',
    schema: async () => (await import('../fleet/override-record.ts')).OverrideRecord,
    key: ({ projectId, id }: { projectId: string; id: string }) => ({ pk: `PROJECT#${projectId}`, sk: `OVERRIDE#${id}` }),
    nameOf: ({ projectId, id }) => ({ projectId, id }),
    indexes: ({ state, clusterId, expires, id }) =>
      state === 'approved' ? { open: { pk: `OPEN#OVERRIDES#${clusterId}`, sk: `${expires}#${id}` } } : {},
    // kept a while after their end, so that an evaluation can be read with what let it through
    expiresAt: ({ expires }) => secondsOf(expires) + 400 * dayInSeconds,
  }),
  evaluations: collection(store, {
    what: 'evaluation',
    schema: async () => (await import('../fleet/evaluation.ts')).EvaluationRecord,
    key: ({ clusterId, name }: OfCluster<string>) => ({ pk: `CLUSTER#${clusterId}`, sk: `EVALUATION#${name}` }),
    nameOf: ({ clusterId, id }) => ({ clusterId, name: id }),
    indexes: ({ state, manifest, projectId, id, clusterId }) =>
      state === 'decided' && manifest !== undefined ? {} : { open: { pk: `OPEN#EVALUATIONS#${projectId}`, sk: `${id}#${clusterId}` } },
  }),
  /** Where an evaluation is, by its id or by what makes a repeated question the same. */
  evaluationRefs: collection(store, {
    what: 'evaluation',
    schema: async () => (await import('./schemas.ts')).EvaluationRef,
    key: (ref: string) => ({ pk: `EVALUATIONREF#${ref}`, sk: 'REF' }),
    nameOf: ({ ref }) => ref,
    expiresAt: ({ expiresAt }) => (expiresAt === undefined ? undefined : secondsOf(expiresAt)),
  }),
  audit: collection(store, {
    what: 'audit record',
    schema: async () => (await import('../fleet/people.ts')).AuditRecord,
    key: ({ scope, id }: { scope: string; id: string }) => ({ pk: `AUDIT#${scope}`, sk: id }),
    nameOf: ({ projectId, id }) => ({ scope: projectId ?? 'tenant', id }),
  }),
});
export type Records = ReturnType<typeof createRecords>;
export type ScanCollection = Collection<ScanRecord, OfCluster<string>>;
