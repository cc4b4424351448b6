import { redact } from '../../../core/redact.ts';

/** Characters of a text in a sight: evidence is a few words, whatever a server put into a name. */
const mostText = 400;
/** Characters that are looked through for secrets: more than any secret is long. */
const mostLooked = 16_384;

/** A text as it may be kept: short, without what looks like a secret, and without anything that writes into terminals and reports. */
export const short = (text: string): string => {
  const clean = redact(text.slice(0, mostLooked).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' '));
  return clean.length > mostText ? `${clean.slice(0, mostText)}…` : clean;
};
