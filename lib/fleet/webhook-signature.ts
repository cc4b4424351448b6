import { createHmac, timingSafeEqual } from 'node:crypto';
import { failed, type Result, succeed } from '../core/failure.ts';
import { toDate } from '../core/time.ts';

// Standard Webhooks: HMAC-SHA256 over "id.timestamp.body" with every secret that is good at the moment.

const prefix = 'whsec_';
/** How far the clocks of sender and receiver may be apart, in seconds. */
export const webhookTolerance = 300;

/** Headers of a signed message. */
export type SignedHeaders = {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  /** `v1,<base64>`, once for each secret, with blanks in between. */
  readonly 'webhook-signature': string;
};

/** The text of a secret, as it is shown once to whoever makes the webhook; from 24–64 bytes of a cryptographic source. */
export const secretText = (bytes: Uint8Array): string => {
  if (bytes.length < 24 || bytes.length > 64) throw new Error(`a webhook secret has 24–64 bytes, not ${bytes.length}`);
  return `${prefix}${Buffer.from(bytes).toString('base64')}`;
};

/** What is stored when the old secret is to end. */
export const endOldSecret = (stored: string): string => stored.replace(/ .*$/, '');
/** What is stored when a secret is replaced: the new one, and the old one for as long as receivers may still know only that. */
export const rotateSecret = (stored: string, fresh: string): string => `${fresh} ${endOldSecret(stored)}`;

/** The keys in a stored text: one secret, or two while it is being replaced. */
const keysIn = (stored: string): readonly Buffer[] =>
  stored
    .split(' ')
    .filter((text) => text.startsWith(prefix))
    .map((text) => Buffer.from(text.slice(prefix.length), 'base64'))
    .filter(({ length }) => length >= 24);

const sign = (key: Buffer, id: string, timestamp: string, body: string | Uint8Array): Buffer =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();

/** Signs a message with the secrets stored; `undefined` when none of them can be used. `now` is an ISO time, `id` holds no full stop. */
export const signWebhook = (stored: string, id: string, now: string, body: string): SignedHeaders | undefined => {
  const keys = keysIn(stored);
  const timestamp = String(Math.floor(toDate(now).getTime() / 1_000));
  if (keys.length === 0) return undefined;
  const signatures = keys.map((key) => `v1,${sign(key, id, timestamp, body).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};

const refused = (say: string) => failed('credential-refused', say);

/**
 * For receivers: proves that the raw bytes of a body came from who knows one of the secrets, within the last minutes. Who must not do a thing twice remembers the id it answers for twice the
 * tolerance.
 */
export const verifyWebhook = (
  stored: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string | Uint8Array,
  now: string,
): Result<{ readonly id: string }> => {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string' || !/^[^.\s]{1,256}$/.test(id))
    return refused('The message is not signed: send webhook-id, webhook-timestamp and webhook-signature.');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(toDate(now).getTime() / 1_000 - Number(timestamp)) > webhookTolerance)
    return refused(`The message was signed more than ${webhookTolerance} seconds ago or ahead; send it anew and check both clocks.`);
  const expected = keysIn(stored).map((key) => sign(key, id, timestamp, body));
  const shown = signatures.split(' ', 10).flatMap((text) => (text.startsWith('v1,') ? [Buffer.from(text.slice(3), 'base64')] : []));
  const isGood = shown.some((one) => expected.some((other) => one.length === other.length && timingSafeEqual(one, other)));
  return isGood
    ? succeed({ id })
    : refused('The signature of the message does not fit its body; check the secret, and that the body is signed as it is sent.');
};
