import { createHash } from 'node:crypto';
import { failed, type Result, succeed } from '../core/failure.ts';
import { addMinutes, timeOf, writeTime } from '../core/time.ts';
import type { Cluster } from '../fleet/cluster.ts';
import type { Actor } from '../fleet/common.ts';
import { type EvaluationRecord, evaluationSecret } from '../fleet/evaluation.ts';
import { isAllowed } from '../gate/evaluation.ts';
import type { EvaluationRequest } from '../gate/request.ts';
import { partitions } from '../records/index.ts';
import { readStoredEvaluation } from '../workflows/evaluation-run/store.ts';
import type { ServicePorts } from './handler.ts';
import { stillActive } from './registered.ts';

/** A question to the gate, from whoever. */
export interface GateQuestion {
  readonly projectId: string;
  readonly request: EvaluationRequest;
  readonly requestedBy: Actor;
  /** What the callback needs; kept with the secrets until the system was told. */
  readonly secret?: string;
}

type Ports = Pick<ServicePorts, 'records' | 'objects' | 'secrets' | 'starter' | 'clock'>;

/** For how long a repeated question is the same one. */
const sameForMinutes = 24 * 60;
/** Evaluations of one cluster that are being made at the same time at most. */
const mostOpen = 20;

/** A cluster of a project by its name or id; none when it is not there. */
export const clusterCalled = async (
  { records }: Pick<ServicePorts, 'records'>,
  projectId: string,
  text: string,
): Promise<Cluster | undefined> => {
  const byId = /^cls-[0-9a-f]{12,32}$/.test(text) ? await records.clusters.get({ projectId, clusterId: text }) : undefined;
  if (byId) return byId.value;
  const id = await records.names.ownerOf(`clusters/${projectId}`, text);
  return id === undefined ? undefined : (await records.clusters.get({ projectId, clusterId: id }))?.value;
};

const sha256 = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** What makes two questions the same: who asks is part of the key. */
const refOf = (cluster: Cluster, { action, target, policy, maxEvidenceAge, idempotencyKey }: EvaluationRequest): string =>
  `KEY#${sha256([cluster.projectId, cluster.id, action, target.kubernetesVersion, policy ?? '', maxEvidenceAge ?? '', idempotencyKey])}`;

const idFor = (ref: string, now: string, nonce: string): string =>
  `${writeTime(timeOf(now)).slice(0, 19).replaceAll(/[-:]/g, '')}Z-evl-${sha256([ref, nonce]).slice(0, 16)}`;

/** Whether an answer is worth being given again: one that expired, or could not be made, is not. */
const stillGood = ({ state, verdict, expiresAt }: EvaluationRecord, now: string): boolean => {
  if (state === 'queued') return true;
  if (verdict === 'error' || verdict === 'pending') return false;
  return !isAllowed(verdict) || (expiresAt !== undefined && timeOf(expiresAt) > timeOf(now));
};

const withinOpen = async ({ records }: Ports, { id, projectId, name }: Cluster): Promise<Result<void>> => {
  let open = 0;
  for await (const { value } of records.evaluations.all(partitions.openEvaluations(projectId)))
    if (value.clusterId === id && value.state === 'queued') open += 1;
  return open < mostOpen
    ? succeed(undefined)
    : failed(
        'conflict',
        `${open} evaluations of ${name} are being made already; wait for them, or send the same idempotencyKey for the same question.`,
      );
};

/** Writes the question down and starts its run; both can be repeated. */
const begin = async (ports: Ports, record: EvaluationRecord, secret: string | undefined): Promise<Result<EvaluationRecord>> => {
  const { records, secrets, starter } = ports;
  const { id: evaluationId, projectId, clusterId } = record;
  if (secret !== undefined) {
    const kept = await secrets.put(evaluationSecret(evaluationId), secret);
    if (!kept.ok) return kept;
  }
  const byId = await records.evaluationRefs.create({ ref: evaluationId, projectId, clusterId, evaluationId });
  if (!byId.ok && byId.failure.code !== 'conflict') return byId;
  const made = await records.evaluations.create(record);
  if (!made.ok && made.failure.code !== 'conflict') return made;
  const stored = made.ok ? succeed(made.value) : await records.evaluations.need({ clusterId, name: evaluationId });
  if (!stored.ok) return stored;
  const started = await starter.start({ projectId, clusterId, evaluationId });
  return started.ok ? succeed(stored.value.value) : started;
};

/**
 * Asks the gate about a cluster of a project. The same question with the same key is the same evaluation, as long as its answer is good; of two at once, one is made. Answers the record at once; the verdict
 * comes by a durable run.
 */
export const askEvaluation = async (
  ports: Ports,
  { projectId, request, requestedBy, secret }: GateQuestion,
): Promise<Result<EvaluationRecord>> => {
  const { records, clock } = ports;
  const cluster = await clusterCalled(ports, projectId, request.cluster);
  if (!cluster) return failed('not-found', `There is no cluster "${request.cluster}"; check its name or id.`);
  const active = stillActive(cluster);
  if (!active.ok) return active;
  const now = clock.now();
  const ref = refOf(cluster, request);
  const known = await records.evaluationRefs.get(ref);
  const before = known && (await records.evaluations.get({ clusterId: cluster.id, name: known.value.evaluationId }))?.value;
  if (before && stillGood(before, now)) return succeed(before);
  const isWithin = await withinOpen(ports, cluster);
  if (!isWithin.ok) return isWithin;
  // one that was reserved by somebody who died is taken over under its id
  const evaluationId = known && !before ? known.value.evaluationId : idFor(ref, now, clock.id());
  const place = { ref, projectId, clusterId: cluster.id, evaluationId, expiresAt: addMinutes(now, sameForMinutes) };
  const reserved = known ? await records.evaluationRefs.replace(known, place) : await records.evaluationRefs.create(place);
  if (!reserved.ok && reserved.failure.code === 'conflict') return sameMoment(ports, cluster, ref);
  if (!reserved.ok) return reserved;
  const record: EvaluationRecord = {
    id: evaluationId,
    projectId,
    clusterId: cluster.id,
    clusterName: cluster.name,
    state: 'queued',
    request,
    requestedBy,
    requestedAt: now,
    verdict: 'pending',
    allowed: false,
    summary: `Pending: whether ${cluster.name} may go to ${request.target.kubernetesVersion} is being evaluated.`,
    artefacts: [],
    ...(request.callback ? { callback: { state: 'waiting', tries: 0, message: 'Not decided yet.', at: now } } : {}),
  };
  return begin(ports, record, secret);
};

/** Somebody asked the same at the same moment: theirs is ours. */
const sameMoment = async ({ records }: Ports, { id }: Cluster, ref: string): Promise<Result<EvaluationRecord>> => {
  for (let tries = 0; tries < 20; tries += 1) {
    const there = await records.evaluationRefs.get(ref);
    const record = there && (await records.evaluations.get({ clusterId: id, name: there.value.evaluationId }));
    if (record) return succeed(record.value);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return failed('conflict', 'The same question is being asked at this moment; ask again.');
};

/** The record once it is decided, or as it is after so many seconds. */
export const awaitEvaluation = async (
  { records, clock }: Pick<ServicePorts, 'records' | 'clock'>,
  record: EvaluationRecord,
  seconds: number,
): Promise<EvaluationRecord> => {
  const end = timeOf(clock.now()) + seconds * 1000;
  let now = record;
  for (let pause = 100; now.state === 'queued' && timeOf(clock.now()) + pause <= end; pause = Math.min(2 * pause, 1000)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    now = (await records.evaluations.get({ clusterId: record.clusterId, name: record.id }))?.value ?? now;
  }
  return now;
};

/** The whole answer of a decided evaluation. One that broke off has none: its record says so. */
export const readEvaluation = (ports: Pick<ServicePorts, 'objects'>, record: EvaluationRecord) => readStoredEvaluation(ports, record);
