import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { addMinutes, readTime, timeOf } from '../../core/time.ts';
import type { Delivery, RawRequest } from '../adapter.ts';
import { header } from './body.ts';

// Who knows a secret: always compared in constant time, and every secret that is good at the moment is tried, so that one can be replaced.

/** Shortest secret that is used at all: an empty one would let everybody in. */
const minSecret = 16;
export type Secrets = readonly string[];
const usable = (secrets: Secrets): Secrets => secrets.filter(({ length }) => length >= minSecret);

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const refused = (say: string) => failed('credential-refused', say);

/** Whether a text is one of the secrets; hashed first, so that not even its length can be measured. */
export const isSecret = (secrets: Secrets, shown: string | undefined): boolean =>
  shown !== undefined && usable(secrets).some((secret) => sameBytes(digest(secret), digest(shown)));

/** Whether the hex is an HMAC-SHA256 over the raw body. */
export const isSignedHex = (secrets: Secrets, body: Uint8Array, hex: string | undefined): boolean => {
  if (hex === undefined || !/^[0-9a-f]{64}$/.test(hex)) return false;
  const shown = Buffer.from(hex, 'hex');
  return usable(secrets).some((secret) => sameBytes(createHmac('sha256', secret).update(body).digest(), shown));
};

/** Seconds that clocks may be apart, and that a signed message stays good. */
export const tolerance = 300;

const standardKey = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);

/** A message signed as Standard Webhooks say: HMAC-SHA256 over "id.timestamp.body". Answers with its id, which is signed as well. */
export const verifyStandard = (raw: RawRequest, secrets: Secrets): Result<{ readonly id: string }> => {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => header(raw, name));
  if (id === undefined || timestamp === undefined || signatures === undefined || !/^[\x21-\x2d\x2f-\x7e]{1,256}$/.test(id))
    return refused('The message is not signed: send webhook-id, webhook-timestamp and webhook-signature.');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(timeOf(raw.now) / 1000 - Number(timestamp)) > tolerance)
    return refused(`The message was signed more than ${tolerance} seconds ago or ahead; send it anew and check both clocks.`);
  const keys = usable(secrets)
    .map(standardKey)
    .filter(({ length }) => length >= minSecret);
  const expected = keys.map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.`).update(raw.body).digest());
  const shown = signatures.split(' ', 10).flatMap((text) => (text.startsWith('v1,') ? [Buffer.from(text.slice(3), 'base64')] : []));
  return shown.some((one) => expected.some((other) => sameBytes(one, other)))
    ? succeed({ id })
    : refused('The signature of the message does not fit its body; check the secret, and that the body is signed as it is sent.');
};

/** Refuses what was accepted before; else says what to remember. */
export const fresh = (raw: RawRequest, ids: readonly string[], rememberMinutes: number): Result<Delivery> =>
  ids.some((id) => raw.seen?.(id) === true)
    ? failed('conflict', 'This delivery was accepted before; nothing was done a second time.')
    : succeed({ ids, rememberUntil: addMinutes(raw.now, rememberMinutes) });

/** Whether a time lies within so many minutes before now, or a little ahead. Unreadable times never do. */
export const isRecent = (text: string | undefined, now: string, minutes: number): boolean => {
  const time = text === undefined ? undefined : readTime(text);
  if (time === undefined) return false;
  const age = timeOf(now) - time;
  return age <= minutes * 60_000 && age >= -tolerance * 1000;
};

/** Callers that repeat themselves get the same evaluation within a window of minutes, and a new one in the next. */
export const askWindow = (now: string, minutes = 5): string => String(Math.floor(timeOf(now) / (minutes * 60_000)));
