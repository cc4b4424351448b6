import type { Random } from './values.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const range = (from: string, to: string): string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, at) => String.fromCharCode(from.charCodeAt(0) + at));
const escapes: Readonly<Record<string, string[]>> = { d: range('0', '9'), w: [...letters, '_'], s: [' '] };

/** Writes text that a regular expression accepts. Knows what our patterns use: classes, groups, alternatives, quantifiers, escapes. */
export const textOfPattern = (pattern: string, random: Random): string => {
  let at = 0;
  const escaped = (): string[] => {
    const name = pattern[at++] ?? '';
    if (name === 'x') {
      at += 2;
      return [String.fromCharCode(Number.parseInt(pattern.slice(at - 2, at), 16))];
    }
    if (name === 'p') at = pattern.indexOf('}', at) + 1;
    return name === 'p' ? [] : (escapes[name] ?? [name]);
  };
  const member = (): string[] => {
    const character = pattern[at++] ?? '';
    return character === '\\' ? escaped() : [character];
  };
  const characterClass = (): string[] => {
    const isNegated = pattern[at] === '^';
    if (isNegated) at++;
    const found: string[] = [];
    while (pattern[at] !== ']') {
      const some = member();
      if (pattern[at] !== '-' || pattern[at + 1] === ']' || some.length !== 1) {
        found.push(...some);
        continue;
      }
      at++;
      const end = member();
      found.push(...range(some[0] ?? '', end[0] ?? ''));
    }
    at++;
    return isNegated ? letters.filter((letter) => !found.includes(letter)) : found;
  };
  const times = (): number => {
    const sign = pattern[at];
    if (sign === '?' || sign === '*' || sign === '+') {
      at++;
      return sign === '?' ? random.below(2) : random.below(4) + (sign === '+' ? 1 : 0);
    }
    const bounds = /^\{(\d+)(?:,(\d*))?\}/.exec(pattern.slice(at));
    if (!bounds) return 1;
    at += bounds[0].length;
    const least = Number(bounds[1]);
    const most = bounds[2] === undefined ? least : bounds[2] === '' ? least + 3 : Number(bounds[2]);
    return least + random.below(most - least + 1);
  };
  const atom = (): (() => string) => {
    const character = pattern[at++] ?? '';
    if (character === '(') {
      if (pattern.startsWith('?:', at)) at += 2;
      const inner = alternatives();
      at++;
      return inner;
    }
    if (character === '^' || character === '$') return () => '';
    const some = character === '[' ? characterClass() : character === '\\' ? escaped() : character === '.' ? letters : [character];
    return () => random.pick(some);
  };
  const sequence = (): (() => string) => {
    const parts: (() => string)[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const one = atom();
      const count = times();
      parts.push(() => Array.from({ length: count }, one).join(''));
    }
    return () => parts.map((part) => part()).join('');
  };
  const alternatives = (): (() => string) => {
    const choices = [sequence()];
    while (pattern[at] === '|') {
      at++;
      choices.push(sequence());
    }
    return () => random.pick(choices)();
  };
  return alternatives()();
};
