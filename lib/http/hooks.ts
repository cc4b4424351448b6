import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { timeOf } from '../core/time.ts';
import { traceOf } from '../core/trace.ts';
import type { AuditRecord } from '../fleet/people.ts';
import type { Clock } from '../ports/clock.ts';
import type { Records } from '../records/index.ts';
import type { HookOutcome, HookService } from '../service/hooks/index.ts';
import type { RateLimits } from './access.ts';
import { type Answer, finished, problemAnswer } from './answers.ts';
import { auditIdOf, moreRefusals, refusalCounter } from './audit.ts';
import { type HookPlace, hookAt, hookBytes } from './hook-paths.ts';
import type { Log } from './log.ts';
import { examinePath, noSuchPath, pathOf } from './paths.ts';
import { readQuery } from './query.ts';
import { networkOf } from './rate-limit.ts';
import { asRefusal, Refusal, refusalOf } from './refusal.ts';

export interface HookDependencies {
  readonly hooks: HookService;
  readonly records: Pick<Records, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
  /** `principal` counts what a connection asks, `address` what is refused. */
  readonly limits: RateLimits;
}

/** The bytes that were sent, for signatures are over bytes. Text is how API Gateway hands on what it takes for text. */
const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer => {
  const size = isBase64Encoded ? Buffer.byteLength(body, 'base64') : Buffer.byteLength(body);
  if (size > hookBytes) throw new Refusal('body-too-large', `The body is larger than ${hookBytes} bytes; send less.`);
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
};

const waitIn = (query: string): number | undefined => {
  const { wait } = readQuery(query);
  if (wait === undefined) return undefined;
  if (typeof wait === 'string' && /^\d{1,3}$/.test(wait)) return Number(wait);
  throw new Refusal('input-invalid', '`wait` is a number of seconds; leave it out, or correct it.');
};

/** Writes down what was asked and what was refused; of the request itself nothing. */
const auditor = ({ records, clock, log }: HookDependencies) => {
  const count = refusalCounter(clock);
  return async ({ hook }: HookPlace, { connection, target, answer }: HookOutcome, requestId: string, address: string): Promise<void> => {
    if (!connection || (answer.ok && target === undefined)) return;
    const actor = { type: 'pipeline' as const, id: connection.id, name: connection.name };
    const counted = answer.ok ? 'each' : count(actor);
    if (counted === 'none') return;
    const at = clock.now();
    const record: AuditRecord = {
      id: auditIdOf(at, clock),
      at,
      actor,
      action: `hooks.${hook}`,
      outcome: answer.ok ? 'done' : 'refused',
      projectId: connection.projectId,
      target: target ?? `connections/${connection.id}`,
      ...(answer.ok ? {} : { reason: counted === 'last' ? moreRefusals : answer.failure.say }),
      requestId,
      ...(address === '' ? {} : { address }),
    };
    const written = await records.audit.create(record).catch(() => undefined);
    if (!written?.ok)
      log('error', 'AUDIT_NOT_WRITTEN', { id: record.id, action: record.action, outcome: record.outcome, requestId, actor: actor.id });
  };
};

const answering = (deps: HookDependencies) => {
  const { hooks, limits, clock } = deps;
  const audit = auditor(deps);
  return async (event: APIGatewayProxyEventV2, place: HookPlace, path: string, requestId: string): Promise<Answer> => {
    const { method, sourceIp = '' } = event.requestContext.http;
    if (method !== 'POST') throw new Refusal('method-not-allowed', 'This path takes POST only.', { headers: { allow: 'POST' } });
    const network = networkOf(sourceIp);
    // where too much was refused, nothing is worth computing a signature any more
    limits.address.look(network);
    const raw = { method, path, headers: event.headers ?? {}, body: bytesOf(event), now: clock.now() };
    const outcome = await hooks({ ...place, raw, wait: waitIn(event.rawQueryString ?? '') });
    if (outcome.connection && outcome.answer.ok) limits.principal(`pipeline ${outcome.connection.id}`);
    else limits.address(network);
    await audit(place, outcome, requestId, sourceIp);
    if (!outcome.answer.ok) throw refusalOf(outcome.answer.failure);
    const { status, headers, body } = outcome.answer.value;
    return { statusCode: status, headers: { ...headers }, body };
  };
};

/** Answers the hooks of release systems: bytes as they came, no sign-in, no idempotency keys, an audit record of what was asked. */
export const makeHookHandler = (deps: HookDependencies): ((event: APIGatewayProxyEventV2) => Promise<Answer>) => {
  const { clock, log } = deps;
  const answer = answering(deps);
  return async (event) => {
    const requestId = event.requestContext.requestId || clock.id();
    const { method } = event.requestContext.http;
    const begun = timeOf(clock.now());
    let route = 'hooks';
    const answered = async (): Promise<Answer> => {
      const path = pathOf(event);
      examinePath(path);
      const place = hookAt(path);
      if (!place) throw noSuchPath();
      route = `hooks.${place.hook}`;
      return answer(event, place, path, requestId);
    };
    const response = await answered().catch((error: unknown) => {
      const refusal = asRefusal(error);
      if (refusal.code === 'internal-error') log('error', 'REQUEST_BROKEN', { requestId, route, ...traceOf(error) });
      return problemAnswer(refusal, requestId);
    });
    log('info', 'REQUEST_DONE', { requestId, method, route, status: response.statusCode, ms: timeOf(clock.now()) - begun });
    return finished(response, requestId, method);
  };
};
