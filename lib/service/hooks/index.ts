import { failed, type Result, succeed } from '../../core/failure.ts';
import { timeOf } from '../../core/time.ts';
import type { Actor } from '../../fleet/common.ts';
import type { Connection } from '../../fleet/connection.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import { type Asked, jsonResponse, type RawRequest, type ResponseBody, type Standing } from '../../pipelines/index.ts';
import { askEvaluation, awaitEvaluation, readEvaluation } from '../asking.ts';
import { goodSecrets } from '../connection-secrets.ts';
import type { ServicePorts } from '../handler.ts';
import { forget, remember } from './deliveries.ts';
import { type HookKind, type HookName, hookKinds } from './kinds.ts';

export type { HookName } from './kinds.ts';

/** A call of a hook, as it came in. */
export interface HookCall {
  readonly hook: HookName;
  readonly connectionId: string;
  readonly raw: RawRequest;
  /** Seconds that the caller asks to be kept waiting; heard where the protocol has no say of its own. */
  readonly wait?: number | undefined;
}

export interface HookOutcome {
  /** What to answer; or why nothing was done. */
  readonly answer: Result<ResponseBody>;
  /** Whose hook it was; absent where there is no such hook, for whichever reason. */
  readonly connection?: Pick<Connection, 'id' | 'name' | 'projectId'>;
  /** What was made of it, if anything new was. */
  readonly target?: string;
}
export type HookService = (call: HookCall) => Promise<HookOutcome>;

/** Longest wait for a verdict, in seconds from the arrival of the request: some systems hang up after three. */
const longestWait = 2.5;

/** One answer for no connection, one to another system and one that is switched off: nobody learns which it is. */
const noSuchHook = failed('not-found', 'There is nothing at this path; /v1/openapi.json lists what there is.');

/** Who asks, for evaluations and audit records. */
export const actorOf = ({ id, name }: Pick<Connection, 'id' | 'name'>): Actor => ({ type: 'pipeline', id, name });

const connectionFor = async ({ records }: ServicePorts, id: string, { system }: HookKind): Promise<Connection | undefined> => {
  if (!/^con-[0-9a-f]{12,32}$/.test(id)) return undefined;
  const ref = await records.connectionRefs.get(id);
  const connection = ref && (await records.connections.get({ projectId: ref.value.projectId, id }))?.value;
  return connection?.active && connection.settings.system === system ? connection : undefined;
};

/** The evaluation as it stands. */
const standingOf = async (ports: ServicePorts, record: EvaluationRecord): Promise<Standing> => {
  const whole = record.state === 'decided' ? await readEvaluation(ports, record) : undefined;
  const { id, verdict, summary, request, requestedAt, expiresAt = requestedAt } = record;
  return whole ?? { id, verdict, summary, checks: [], target: request.target.kubernetesVersion, expiresAt };
};

const secondsLeft = ({ clock }: ServicePorts, { waits }: HookKind, { raw, wait = 0 }: HookCall): number => {
  const left = longestWait - (timeOf(clock.now()) - timeOf(raw.now)) / 1000;
  return Math.max(0, waits === 'no' ? 0 : waits === 'asked' ? Math.min(wait, left) : left);
};

/** Asks the gate. A delivery that came to nothing may be sent again. */
const ask = async (
  ports: ServicePorts,
  connection: Connection,
  { request, delivery, secret }: Asked,
): Promise<Result<EvaluationRecord>> => {
  const once = delivery === null ? succeed(undefined) : await remember(ports, connection.id, delivery);
  if (!once.ok) return once;
  const record = await askEvaluation(ports, {
    projectId: connection.projectId,
    request,
    requestedBy: actorOf(connection),
    ...(secret === undefined ? {} : { secret }),
  });
  if (!record.ok && delivery !== null) await forget(ports, connection.id, delivery.ids);
  return record;
};

/** Answers a call of a hook, within three seconds. */
export const answerHook = async (ports: ServicePorts, call: HookCall): Promise<HookOutcome> => {
  const kind: HookKind = hookKinds[call.hook];
  const connection = await connectionFor(ports, call.connectionId, kind);
  if (!connection) return { answer: noSuchHook };
  const secrets = await goodSecrets(ports.secrets, connection.id);
  if (!secrets.ok) return { answer: secrets, connection };
  const read = kind.read(call.raw, connection, secrets.value);
  if (!read.ok) return { answer: read, connection };
  if (read.value.kind === 'ignored') return { answer: succeed(jsonResponse({ ignored: read.value.because })), connection };
  if (read.value.kind === 'replied') return { answer: succeed(read.value.response), connection };
  const { request } = read.value;
  const asked = await ask(ports, connection, read.value);
  if (!asked.ok) return { answer: asked, connection };
  const isNew = asked.value.requestedAt >= call.raw.now;
  const record = await awaitEvaluation(ports, asked.value, secondsLeft(ports, kind, call));
  const context = { now: ports.clock.now(), self: `/v1/gate/evaluations/${record.id}` };
  const answer = succeed(kind.answer(await standingOf(ports, record), request, context));
  return { answer, connection, ...(isNew ? { target: `clusters/${record.clusterId}/evaluations/${record.id}` } : {}) };
};
