import type { Actor } from '../fleet/common.ts';
import type { AuditRecord } from '../fleet/people.ts';
import type { Clock } from '../ports/clock.ts';
import type { Records } from '../records/index.ts';
import { type Exchange, exchangeOf, type Part } from './exchange.ts';
import type { Log } from './log.ts';
import { asRefusal, type Refusal } from './refusal.ts';

export interface AuditDependencies {
  readonly records: Pick<Records, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Id of an audit record: its time, then hex. Sorts by time, and a time is a bound for it. */
export const auditIdOf = (at: string, clock: Pick<Clock, 'id'>): string => `${at}-${clock.id().slice(0, 16)}`;

/** Whether a route changes something. A POST that asks for no more than the right to read (a preview, a test) does not. */
export const isChange = ({ method, access }: Exchange['route']): boolean =>
  method !== 'GET' && !(typeof access === 'object' && /\.(get|list)$/.test(access.permission));

const targetOf = ({ target, path }: Exchange): string => (target ?? path.replace(/^\/v1\/(?:projects\/[^/]+\/(?=.))?/, '')).slice(0, 200);

const recordOf = async (exchange: Exchange, actor: Actor, refusal: Refusal | undefined, clock: Clock): Promise<AuditRecord> => {
  const at = clock.now();
  const { ProjectId } = await import('../fleet/common.ts');
  // what is not seen by the actor, or is no id, is not a project whose history it could be part of
  const projectId = exchange.isForeign || exchange.recognised ? undefined : ProjectId.safeParse(exchange.projectId).data;
  return {
    id: auditIdOf(at, clock),
    at,
    actor,
    action: exchange.id,
    outcome: refusal ? 'refused' : 'done',
    ...(projectId === undefined ? {} : { projectId }),
    target: exchange.isForeign ? `projects/${exchange.projectId}`.slice(0, 200) : targetOf(exchange),
    ...(refusal ? { reason: refusal.message } : {}),
    requestId: exchange.requestId,
    ...(exchange.address === '' ? {} : { address: exchange.address }),
  };
};

const mustBeKept = (exchange: Exchange, refusal: Refusal): boolean =>
  isChange(exchange.route) || refusal.code === 'permission-missing' || exchange.isForeign === true || exchange.recognised !== undefined;

/** Refusals of one actor that are recorded within a minute, and actors that are counted at most. */
const refusalsPerMinute = 60;
const mostActors = 10_000;
export const moreRefusals = `There were more than ${refusalsPerMinute} refusals within this minute; the others of it are not recorded.`;

/** Counts refusals, so that nobody fills the history with them: after so many in a minute one record says that there were more. In memory: each instance counts for itself. */
export const refusalCounter = (clock: Clock) => {
  const counts = new Map<string, { readonly minute: string; readonly count: number }>();
  return ({ type, id }: Actor): 'each' | 'last' | 'none' => {
    const [who, minute] = [`${type} ${id}`, clock.now().slice(0, 16)];
    const there = counts.get(who);
    const count = there?.minute === minute ? there.count + 1 : 1;
    counts.delete(who);
    const [oldest] = counts.keys();
    if (counts.size >= mostActors && oldest !== undefined) counts.delete(oldest);
    counts.set(who, { minute, count });
    if (count <= refusalsPerMinute) return 'each';
    return count === refusalsPerMinute + 1 ? 'last' : 'none';
  };
};

/**
 * Writes an audit record for every change that was done and every refusal by somebody we know, up to so many a minute. A record that cannot be written does not undo what was done, so it is logged as an
 * error, loud enough for an alarm, and the answer stays true.
 */
export const audit = ({ records, clock, log }: AuditDependencies): Part => {
  const count = refusalCounter(clock);
  const write = async (exchange: Exchange, refusal?: Refusal): Promise<void> => {
    const actor = exchange.caller?.actor ?? exchange.recognised;
    if (!actor) return;
    const recorded = refusal ? count(actor) : 'each';
    if (recorded === 'none') return;
    const record = { ...(await recordOf(exchange, actor, refusal, clock)), ...(recorded === 'last' ? { reason: moreRefusals } : {}) };
    const written = await records.audit.create(record).catch(() => undefined);
    if (written?.ok) return;
    const { id, action, outcome, requestId } = record;
    log('error', 'AUDIT_NOT_WRITTEN', { id, action, outcome, requestId, actor: actor.id });
  };
  return {
    after: async (request) => {
      const exchange = exchangeOf(request);
      if (isChange(exchange.route)) await write(exchange);
    },
    onError: async (request) => {
      const exchange = exchangeOf(request);
      const refusal = asRefusal(request.error);
      if (mustBeKept(exchange, refusal)) await write(exchange, refusal);
    },
  };
};
