import { createHash } from 'node:crypto';
import type { Schemas } from '../api/route.ts';
import { timeOf } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordKey, RecordStore, StoredRecord } from '../ports/record-store.ts';
import type { Answer } from './answers.ts';
import { type Exchange, exchangeOf, type Part } from './exchange.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { Refusal } from './refusal.ts';

/** Whether an answer shows a secret, which it does once: such an answer is not kept, so it cannot be given again. Told by the names of its fields: none can be forgotten here. */
export const showsSecret = ({ answer }: Pick<Schemas, 'answer'>): boolean => {
  const fields = answer && 'shape' in answer ? Object.keys(answer.shape as object) : [];
  return fields.includes('token') || fields.includes('secret');
};
const keptSeconds = 24 * 3600;
/** How long a key is held by a request that never ends: longer than any request may take. */
const heldSeconds = 60;

const sha256 = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const keyOf = (exchange: Exchange, sent: string): RecordKey => {
  if (!/^[\x21-\x7e]{1,255}$/.test(sent))
    throw new Refusal('input-invalid', '`Idempotency-Key` must be 1–255 visible ASCII characters; a UUID is good.');
  const { actor } = exchange.caller ?? {};
  // hashed: a key is the client's business, and has no length we would like in a record
  return { pk: `IDEMPOTENCY#${sha256([actor?.type ?? '', actor?.id ?? '', sent])}`, sk: 'ANSWER' };
};

const busy = () =>
  new Refusal('conflict', 'A request with this idempotency key is being worked on; wait a moment and send it again.', {
    headers: { 'retry-after': '1' },
  });

const earlier = async (there: StoredRecord | undefined, request: string): Promise<Answer> => {
  const kept = there && (await import('./kept-answer.ts')).KeptAnswer.parse(there.data);
  if (kept && kept.request !== request)
    throw new Refusal('key-reused', 'This idempotency key was used for another request in the last 24 hours; take a new one.');
  if (!kept?.answer) throw busy();
  const { withheld, ...answer } = kept.answer;
  if (withheld)
    throw new Refusal(
      'conflict',
      'This request was done before. Its answer held a secret that is shown only once: revoke what it made and ask again with a new key.',
    );
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
};

/** POST with `Idempotency-Key` is done once: the same request again is given the same answer for 24 hours. Only what went well is kept; what failed may be tried again. */
export const idempotency = (store: RecordStore, clock: Clock): Part => {
  const inSeconds = (seconds: number): number => Math.floor(timeOf(clock.now()) / 1000) + seconds;
  const keep = (exchange: Exchange, answer: Answer): NonNullable<KeptAnswer['answer']> => {
    const withheld = exchange.schemas !== undefined && showsSecret(exchange.schemas);
    return { statusCode: answer.statusCode, headers: answer.headers, body: withheld ? '' : (answer.body ?? ''), withheld };
  };
  const settled = (key: RecordKey, request: string, exchange: Exchange) => async (answer: Answer | undefined) => {
    const data = answer && { request, answer: keep(exchange, answer) };
    const written = data && (await store.put({ ...key, data, expiresAt: inSeconds(keptSeconds) }, { revision: 1 }));
    if (!written?.ok) await store.remove(key, { revision: 1 });
  };
  const finish = async (exchange: Exchange, answer: Answer | undefined): Promise<void> => {
    // what was done stays done when the store is in trouble; the key is free again after a minute
    await exchange.settle?.(answer).catch(() => undefined);
    delete exchange.settle;
  };
  return {
    before: async (request) => {
      const sent = request.event.headers['idempotency-key'];
      if (sent === undefined) return undefined;
      const exchange = exchangeOf(request);
      const key = keyOf(exchange, sent);
      const { method, path, rawBody } = { ...exchange.route, ...exchange };
      const asked = sha256([method, path, request.event.rawQueryString ?? '', rawBody]);
      const held = await store.put({ ...key, data: { request: asked }, expiresAt: inSeconds(heldSeconds) }, { absent: true });
      if (!held.ok) return earlier(held.failure.code === 'conflict' ? await store.get(key) : undefined, asked);
      exchange.settle = settled(key, asked, exchange);
      return undefined;
    },
    after: async (request) => finish(exchangeOf(request), request.response ?? undefined),
    onError: async (request) => finish(exchangeOf(request), undefined),
  };
};
