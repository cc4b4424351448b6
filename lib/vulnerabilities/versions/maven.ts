import { defineScheme, order, orderDigits } from './scheme.ts';

/** A number or a qualifier, with what stands before it. */
interface Token {
  readonly prefix: '.' | '-';
  readonly text: string;
}

const known = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const synonyms: Readonly<Record<string, string>> = { cr: 'rc', final: '', ga: '', release: '' };
/** Only where a number follows at once. */
const shorthands: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' };

const isNumber = ({ text }: Token): boolean => /^\d/.test(text);
const isNull = ({ text }: Token): boolean => text === '' || /^0+$/.test(text);

const qualifier = (text: string, next: string | undefined): string => {
  const meant = next !== undefined && /^\d/.test(next) && Object.hasOwn(shorthands, text) ? shorthands[text] : undefined;
  return meant ?? (Object.hasOwn(synonyms, text) ? (synonyms[text] ?? text) : text);
};

/** Splits at dots, hyphens, underscores and between digits and letters, which counts as a hyphen. */
const tokensOf = (version: string): Token[] => {
  const tokens: Token[] = [];
  let prefix: Token['prefix'] = '.';
  for (const part of version.toLowerCase().split(/([.\-_])/)) {
    if (part === '.' || part === '-' || part === '_') {
      prefix = part === '.' ? '.' : '-';
      continue;
    }
    const pieces = part.match(/\d+|\D+/g) ?? ['0'];
    for (const [at, piece] of pieces.entries())
      tokens.push({ prefix: at === 0 ? prefix : '-', text: /^\d/.test(piece) ? piece : qualifier(piece, pieces[at + 1]) });
  }
  return tokens;
};

/** Takes away what says nothing (`0`, `final`, `ga`), at the end and before each hyphen. */
const trim = (tokens: Token[]): readonly Token[] => {
  for (let at = tokens.length - 1; at > 0; at -= 1) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token && isNull(token) && (next === undefined || next.prefix === '-')) tokens.splice(at, 1);
  }
  return tokens;
};

/** `.qualifier` = `-qualifier` < `-number` < `.number` */
const rank = (token: Token): number => (isNumber(token) ? (token.prefix === '-' ? 1 : 2) : 0);

/** Known qualifiers first, others after them by the alphabet. */
const orderQualifiers = (a: string, b: string): number => {
  const place = (text: string): number => (known.includes(text) ? known.indexOf(text) : known.length);
  return order(place(a), place(b)) || order(a, b);
};

const padding = (token: Token | undefined): Token => ({
  prefix: token?.prefix ?? '.',
  text: token?.prefix === '.' && isNumber(token) ? '0' : '',
});

const orderTokens = (a: Token, b: Token): number =>
  order(rank(a), rank(b)) || (isNumber(a) ? orderDigits(a.text, b.text) : orderQualifiers(a.text, b.text));

/** Maven: the order that the POM reference describes. Every text is a version there; one without a digit (`unspecified`) is none here. */
export const maven = defineScheme<{ readonly tokens: readonly Token[] }>(
  (text) => (/^(?=.*\d)\w[\w.+-]*$/.test(text) ? { tokens: trim(tokensOf(text)) } : undefined),
  (a, b) => {
    for (let at = 0; at < Math.max(a.tokens.length, b.tokens.length); at += 1) {
      const [one, other] = [a.tokens[at], b.tokens[at]];
      const first = orderTokens(one ?? padding(other), other ?? padding(one));
      if (first !== 0) return first;
    }
    return 0;
  },
);
