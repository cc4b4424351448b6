import { createHash, timingSafeEqual } from 'node:crypto';

/** `ght_<hex of the token id>_<256 random bits>`: the id finds the record, the rest proves that the bearer holds it. The prefix lets secret scanners find leaked ones. */
const shape = /^ght_([0-9a-f]{12,32})_[A-Za-z0-9_-]{43}$/;

export const hashOfToken = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A new API token. `text` is shown once; only `hash` is stored. Ids of the clock are 128 bits from a cryptographic source. */
export const newToken = (clock: { id(): string }): { readonly id: string; readonly text: string; readonly hash: string } => {
  const hex = clock.id();
  const text = `ght_${hex}_${Buffer.from(clock.id() + clock.id(), 'hex').toString('base64url')}`;
  return { id: `tok-${hex}`, text, hash: hashOfToken(text) };
};

/** Id of the token that a text claims to be; `undefined` when it is no API token at all. */
export const tokenIdOf = (text: string): string | undefined => {
  const hex = shape.exec(text)?.[1];
  return hex && `tok-${hex}`;
};

/** Whether the text is the token with this hash, in a time that says nothing about how much of it fits. */
export const isTokenOf = (text: string, hash: string): boolean => {
  const stored = Buffer.from(hash, 'hex');
  const given = createHash('sha256').update(text).digest();
  return stored.length === given.length && timingSafeEqual(stored, given);
};
