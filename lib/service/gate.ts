import type { AnswerOf } from '../api/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { addMinutes } from '../core/time.ts';
import type { Cluster } from '../fleet/cluster.ts';
import type { EvaluationRecord } from '../fleet/evaluation.ts';
import type { EvaluationRequest } from '../gate/request.ts';
import { answerBody, readAsk } from '../pipelines/answer-body.ts';
import type { Standing } from '../pipelines/standing.ts';
import { readJob } from '../pipelines/trust.ts';
import { partitions } from '../records/index.ts';
import { policyFor } from '../workflows/evaluation-run/policy-for.ts';
import { askEvaluation, awaitEvaluation, clusterCalled, readEvaluation } from './asking.ts';
import type { Call, Caller, Done, HandlersOf, ServicePorts } from './handler.ts';
import { listKept } from './listing.ts';

export { askEvaluation, awaitEvaluation, readEvaluation } from './asking.ts';

const linkMinutes = 5;
const targetOf = ({ clusterId, id }: EvaluationRecord): string => `clusters/${clusterId}/evaluations/${id}`;

/** Projects in which the caller may do something; the first look of a call that names none. */
const projectsWith = async ({ records }: ServicePorts, { grants }: Caller, permission: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const { value } of records.projects.all(partitions.projects)) if (grants.may(permission, value.id)) found.push(value.id);
  return found;
};

/** The one cluster that the caller means and may ask about. */
const clusterFor = async (ports: ServicePorts, caller: Caller, text: string): Promise<Result<Cluster>> => {
  const among = async (permission: string) => {
    const found: Cluster[] = [];
    for (const projectId of await projectsWith(ports, caller, permission)) {
      const cluster = await clusterCalled(ports, projectId, text);
      if (cluster) found.push(cluster);
    }
    return found;
  };
  const found = await among('upgrade.ask');
  const [only, other] = found;
  if (only && !other) return succeed(only);
  if (only) return failed('conflict', `${found.length} clusters are called "${text}"; ask with the id of the one that you mean.`);
  const seen = await among('cluster.get');
  return seen.length > 0
    ? failed(
        'permission-missing',
        `You may not ask the gate about ${text}: the permission upgrade.ask is missing in its project.`,
        'upgrade.ask',
      )
    : failed('not-found', `There is no cluster "${text}"; check its name or id.`);
};

/** Whoever could choose the policy could choose one that asks for nothing: another one than decides about the cluster is for people who may change policies. */
const mayName = async (
  { records }: ServicePorts,
  { grants }: Caller,
  { projectId, id: clusterId }: Cluster,
  wanted: string | undefined,
): Promise<Result<void>> => {
  if (wanted === undefined || grants.may('policy.update', projectId)) return succeed(undefined);
  const inForce = await policyFor(records, { projectId, clusterId });
  if (inForce.ok && inForce.value.name === wanted) return succeed(undefined);
  return failed(
    'permission-missing',
    `Another policy decides about this cluster than "${wanted}", and only who may change policies may ask by one of their choice; leave the policy out.`,
    'policy.update',
  );
};

interface Asked {
  readonly projectId: string;
  readonly request: EvaluationRequest;
}

/** What a person or a token asks. */
const askedByPerson = async (ports: ServicePorts, { body, caller, requestId }: Call<'gate.evaluate'>): Promise<Result<Asked>> => {
  const cluster = await clusterFor(ports, caller, body.cluster);
  if (!cluster.ok) return cluster;
  const isItsChoice = await mayName(ports, caller, cluster.value, body.policy);
  if (!isItsChoice.ok) return isItsChoice;
  const request = readAsk({ ...body, cluster: cluster.value.id }, caller.actor, requestId);
  return succeed({ projectId: cluster.value.projectId, request });
};

/** What a job of a release system asks: its rules say about which clusters it may. */
const askedByJob = async (ports: ServicePorts, { body, caller }: Call<'gate.evaluate'>): Promise<Result<Asked>> => {
  const { claims, rules } = caller.pipeline ?? { claims: {}, rules: [] };
  const read = readJob(body, claims, rules, ports.clock.now());
  if (!read.ok) return read;
  const none = failed('not-found', `There is no cluster "${body.cluster}"; check its name or id.`);
  const projects = new Set(rules.filter(({ clusters }) => clusters.includes(body.cluster)).map(({ projectId }) => projectId));
  const found: Cluster[] = [];
  for (const projectId of projects) {
    const cluster = await clusterCalled(ports, projectId, body.cluster);
    if (cluster) found.push(cluster);
  }
  const [only, other] = found;
  if (!only) return none;
  if (other)
    return failed(
      'conflict',
      `${found.length} clusters are called "${body.cluster}"; name the id of the one that is meant in the trust rule.`,
    );
  const isItsChoice = await mayName(ports, caller, only, body.policy);
  return isItsChoice.ok ? succeed({ projectId: only.projectId, request: { ...read.value, cluster: only.id } }) : isItsChoice;
};

/** The evaluation as it stands: the whole answer once it is decided. */
const standingOf = async (ports: ServicePorts, record: EvaluationRecord): Promise<Standing> => {
  const whole = record.state === 'decided' ? await readEvaluation(ports, record) : undefined;
  const { id, verdict, summary, request, expiresAt, requestedAt } = record;
  return whole ?? { id, verdict, summary, checks: [], target: request.target.kubernetesVersion, expiresAt: expiresAt ?? requestedAt };
};

const answered = async (
  ports: ServicePorts,
  record: EvaluationRecord,
  { fail }: { readonly fail: 'http' | 'body' },
): Promise<Result<Done<AnswerOf<'gate.get'>>>> => {
  const self = `/v1/gate/evaluations/${record.id}`;
  const answer = answerBody(await standingOf(ports, record), { now: ports.clock.now(), failHttp: fail === 'http', self });
  const retryAfter = Number(answer.headers['retry-after'] ?? 0);
  return succeed({
    body: JSON.parse(answer.body) as AnswerOf<'gate.get'>,
    ...(answer.status === 200 ? {} : { status: answer.status }),
    ...(retryAfter > 0 ? { retryAfter } : {}),
    location: self,
    target: targetOf(record),
  });
};

/** An evaluation that the caller may see: with the permission in its project, or because it asked as the same pipeline. */
const needEvaluation = async (ports: ServicePorts, caller: Caller, evaluationId: string): Promise<Result<EvaluationRecord>> => {
  const none = failed('not-found', 'There is no such evaluation; check its id.');
  const ref = await ports.records.evaluationRefs.get(evaluationId);
  if (!ref) return none;
  const record = (await ports.records.evaluations.get({ clusterId: ref.value.clusterId, name: evaluationId }))?.value;
  if (!record) return none;
  const { actor, grants } = caller;
  const isOwn = actor.type === 'pipeline' && record.requestedBy.type === 'pipeline' && record.requestedBy.id === actor.id;
  return isOwn || grants.may('upgrade.get', record.projectId) ? succeed(record) : none;
};

const download = async (ports: ServicePorts, { params, caller }: Call<'gate.download'>) => {
  const record = await needEvaluation(ports, caller, params.evaluationId);
  if (!record.ok) return record;
  const { id, clusterName, artefacts, manifest, state } = record.value;
  const file = [...artefacts, ...(manifest ? [manifest] : [])].find(({ name }) => name === params.file);
  if (!file)
    return state === 'queued'
      ? failed('conflict', `The evaluation ${id} is not decided yet and has no files.`)
      : failed(
          'not-found',
          `The evaluation ${id} has no file ${params.file}; it has ${artefacts.map(({ name }) => name).join(', ') || 'none'}.`,
        );
  const fileName = `${clusterName.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}-${id}-${file.name}`;
  const url = await ports.objects.temporaryUrl(file, { fileName, seconds: 60 * linkMinutes });
  if (!url.ok) return url;
  const expiresAt = addMinutes(ports.clock.now(), linkMinutes);
  const { contentType, size, sha256 } = file;
  return succeed({ body: { url: url.value, expiresAt, fileName, contentType, size, sha256 } });
};

/** The gate: ask, look again, files, history. */
export const gateHandlers = (ports: ServicePorts): HandlersOf<'gate'> => ({
  'gate.evaluate': async (call) => {
    const asked = await (call.caller.pipeline ? askedByJob(ports, call) : askedByPerson(ports, call));
    if (!asked.ok) return asked;
    const record = await askEvaluation(ports, { ...asked.value, requestedBy: call.caller.actor });
    if (!record.ok) return record;
    return answered(ports, await awaitEvaluation(ports, record.value, call.query.wait), call.query);
  },
  'gate.get': async ({ params, query, caller }) => {
    const record = await needEvaluation(ports, caller, params.evaluationId);
    if (!record.ok) return record;
    return answered(ports, await awaitEvaluation(ports, record.value, query.wait), query);
  },
  'gate.download': (call) => download(ports, call),
  'gate.list': async ({ params: { projectId, clusterId }, query: { verdict, ...query } }) => {
    const cluster = await ports.records.clusters.need({ projectId, clusterId });
    if (!cluster.ok) return cluster;
    const page = await listKept(
      ports.records.evaluations,
      { ...partitions.evaluations(clusterId), ...query, order: 'descending' },
      ({ verdict: own }) => verdict === undefined || verdict.includes(own),
    );
    return page.ok ? succeed({ body: page.value }) : page;
  },
});
