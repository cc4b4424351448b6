import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { type Result, succeed } from '../core/failure.ts';
import type { Connection } from '../fleet/connection.ts';
import { type CallbackState, type EvaluationRecord, evaluationSecret } from '../fleet/evaluation.ts';
import { waitAfterTry } from '../fleet/webhook-retry.ts';
import type { Evaluation } from '../gate/evaluation.ts';
import type { OutgoingCall, Standing } from '../pipelines/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { Records } from '../records/index.ts';
import { authorize } from './pipelines/authorize.ts';
import { callsOf, connectionOf, unitsOf } from './pipelines/calls.ts';

/** An answer on its way to the system that asked. */
export interface PipelineCallback {
  readonly projectId: string;
  readonly clusterId: string;
  readonly evaluationId: string;
}

/** What came of one HTTP call. `body` is what the system answered, as far as it was read. */
export type CallAnswer =
  | { readonly ok: true; readonly status: number; readonly retryAfter?: string | undefined; readonly body: string }
  | { readonly ok: false; readonly say: string /** Trying again cannot mend it. */; readonly isFinal: boolean };

export interface PipelineCallbackPorts {
  readonly records: Pick<Records, 'connections' | 'evaluations'>;
  readonly secrets: Pick<SecretStore, 'get' | 'remove'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Address of this service, or nothing where it is not known. */
  readonly publicUrl?: string | undefined;
  /** The whole answer of a decided evaluation; none of one that broke off. */
  readEvaluation(record: EvaluationRecord): Promise<Evaluation | undefined>;
  /** Makes one call, to allowed hosts and addresses only, and follows no redirect. */
  call(outgoing: Pick<OutgoingCall, 'url' | 'body'> & { readonly headers: Readonly<Record<string, string>> }): Promise<CallAnswer>;
}

type End = Exclude<CallbackState['state'], 'waiting' | 'gave-up'>;
interface Try {
  readonly is: End | 'later';
  readonly say: string;
  readonly retryAfter?: string | undefined;
}

const isLater = (status: number): boolean => status >= 500 || [408, 425, 429].includes(status);

/** What a status means to whoever made the call. */
const meaningOf = ({ success, settled, url }: OutgoingCall, status: number, retryAfter: string | undefined): Try => {
  const who = new URL(url).host;
  if (success.includes(status)) return { is: 'told', say: `${who} took it (${status}).` };
  if (settled.includes(status)) return { is: 'settled', say: `At ${who} the question is not open any more (${status}).` };
  if (isLater(status)) return { is: 'later', say: `${who} could not take it (${status}); look at its logs.`, retryAfter };
  return status >= 300 && status < 400
    ? { is: 'refused', say: `${who} sends elsewhere (${status}), which is not followed; correct the address of the connection.` }
    : { is: 'refused', say: `${who} did not take it (${status}); check the credential of the connection and what it may do there.` };
};

/** Failures of a store that may be over in a moment. */
const isPassing = new Set(['timed-out', 'output-failed', 'cluster-overloaded']);

interface Work {
  readonly connection: Connection;
  readonly units: readonly (readonly OutgoingCall[])[];
}

const prepare = async (ports: PipelineCallbackPorts, run: PipelineCallback): Promise<Result<Work>> => {
  const record = await ports.records.evaluations.need({ clusterId: run.clusterId, name: run.evaluationId });
  if (!record.ok) return record;
  const connection = await connectionOf(ports.records, record.value.value);
  if (!connection.ok) return connection;
  const { value } = record.value;
  const { id, verdict, summary, request, requestedAt, expiresAt = requestedAt } = value;
  const short: Standing = { id, verdict, summary, checks: [], target: request.target.kubernetesVersion, expiresAt };
  const answer = (await ports.readEvaluation(value)) ?? short;
  const self = `${ports.publicUrl ?? ''}/v1/gate/evaluations/${id}`;
  const calls = callsOf(value, answer, connection.value, { now: ports.clock.now(), self });
  return succeed({ connection: connection.value, units: unitsOf(calls) });
};

/** Makes the calls of one unit, one after the other. */
const perform = async (
  ports: PipelineCallbackPorts,
  { connection }: Work,
  unit: readonly OutgoingCall[],
  evaluationId: string,
): Promise<Try> => {
  let before: string | undefined;
  let last: Try = { is: 'told', say: 'There was nothing to tell.' };
  for (const call of unit) {
    const { secrets, clock } = ports;
    const proof = await authorize(call, { secrets, connection, evaluationId, now: clock.now(), before });
    if (!proof.ok) return { is: isPassing.has(proof.failure.code) ? 'later' : 'refused', say: proof.failure.say };
    const answer = await ports.call({ url: call.url, body: call.body, headers: { ...call.headers, ...proof.value } });
    if (!answer.ok) return { is: answer.isFinal ? 'refused' : 'later', say: answer.say };
    last = meaningOf(call, answer.status, answer.retryAfter);
    if (last.is !== 'told') return last;
    before = answer.body;
  }
  return last;
};

/** One try at the unit of that number. `of`: how many there are. */
const attempt = async (ports: PipelineCallbackPorts, run: PipelineCallback, at: number): Promise<Try & { readonly of: number }> => {
  const work = await prepare(ports, run);
  if (!work.ok) return { is: isPassing.has(work.failure.code) ? 'later' : 'refused', say: work.failure.say, of: 0 };
  const { units } = work.value;
  const unit = units[at];
  if (!unit) return { is: 'settled', say: 'There is nothing to tell, or it may not be told there any more.', of: units.length };
  return { ...(await perform(ports, work.value, unit, run.evaluationId)), of: units.length };
};

/**
 * Tells the system that asked what was decided, as a durable run: each call until it is taken, settled, refused or was tried often enough. What came of each try is written into the record of the evaluation;
 * secrets of the request are removed at the end. Tokens that a call brings live within one try and are stored nowhere.
 */
export const makePipelineCallback =
  (ports: PipelineCallbackPorts) =>
  async (run: PipelineCallback, context: Pick<DurableContext, 'step' | 'wait'>): Promise<{ readonly is: CallbackState['state'] }> => {
    const { clock, records, secrets } = ports;
    const name = { clusterId: run.clusterId, name: run.evaluationId };
    let total = 0;
    let state: CallbackState['state'] = 'waiting';
    for (let at = 0, tries = 1; state === 'waiting'; ) {
      total += 1;
      const tried = await context.step(`try ${total}`, async () => {
        const { is, say, of, retryAfter } = await attempt(ports, run, at);
        const now = clock.now();
        const wait = is === 'later' ? waitAfterTry(tries, retryAfter, now, Math.random()) : undefined;
        const isDone = is === 'told' || is === 'settled';
        const then: CallbackState['state'] =
          is === 'later' ? (wait === undefined ? 'gave-up' : 'waiting') : isDone && at + 1 < of ? 'waiting' : is;
        const callback: CallbackState = { state: then, tries: total, message: say, at: now };
        await records.evaluations.update(name, (record) => succeed({ ...record, callback }));
        return { then, wait, isDone };
      });
      state = tried.then;
      if (tried.wait !== undefined) await context.wait({ seconds: Math.ceil(tried.wait / 1000) });
      if (tried.isDone) [at, tries] = [at + 1, 1];
      else tries += 1;
    }
    await context.step('forget', async () => {
      await secrets.remove(evaluationSecret(run.evaluationId));
    });
    return { is: state };
  };
