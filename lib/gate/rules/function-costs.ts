import type { ASTNode } from '@marcbachmann/cel-js';
import { deepSize, one, type Size } from './size.ts';

// Every function that rules may call, with what it costs beyond its arguments and how large its value may be. What is not here does not exist for rules: so a function that a newer version
// of the library brings is refused until somebody has thought about it.

interface Work {
  readonly steps: number;
  readonly size: Size;
}
/** Sizes of the receiver, if there is one, and of the arguments; and the arguments themselves. */
type FunctionCost = (sizes: readonly Size[], args: readonly ASTNode[]) => Work;

const at = (sizes: readonly Size[], index: number): Size => sizes[index] ?? one;
const cheap: FunctionCost = () => ({ steps: 1, size: one });
const words: FunctionCost = () => ({ steps: 1, size: { count: 32 } });
/** Looks at all of what it is given. */
const looksThrough: FunctionCost = (sizes) => ({ steps: sizes.reduce((sum, size) => sum + deepSize(size), 0), size: one });
/** Makes something as large as what it is given. */
const sameSize: FunctionCost = (sizes) => ({ steps: at(sizes, 0).count, size: at(sizes, 0) });
/** Asks a calendar. */
const calendar: FunctionCost = () => ({ steps: 100, size: one });

/** The largest counted repetition of a pattern: `{3,20}` is 20. */
const repetitions = (pattern: string): number =>
  [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].reduce((most, [, from, to]) => Math.max(most, Number(to || from)), 1);

const matching: FunctionCost = (sizes, args) => {
  const pattern = args[0];
  const literal = pattern?.op === 'value' && typeof pattern.args === 'string' ? pattern.args : undefined;
  const weight = Math.max(1, at(sizes, 1).count / 8) * (literal === undefined ? 1 : repetitions(literal));
  return { steps: at(sizes, 0).count * weight, size: one };
};

const calendarFields = ['Date', 'DayOfMonth', 'DayOfWeek', 'DayOfYear', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'];

export const functionCosts: Readonly<Record<string, FunctionCost>> = {
  has: cheap,
  size: cheap,
  int: cheap,
  double: cheap,
  bool: cheap,
  string: (sizes) => ({ steps: at(sizes, 0).count, size: { count: Math.max(32, at(sizes, 0).count) } }),
  timestamp: cheap,
  duration: cheap,
  startsWith: looksThrough,
  endsWith: looksThrough,
  contains: looksThrough,
  indexOf: looksThrough,
  lastIndexOf: looksThrough,
  lowerAscii: sameSize,
  upperAscii: sameSize,
  trim: sameSize,
  substring: sameSize,
  split: (sizes) => ({ steps: at(sizes, 0).count, size: { count: at(sizes, 0).count, of: at(sizes, 0) } }),
  join: (sizes) => {
    const characters = deepSize(at(sizes, 0)) + at(sizes, 0).count * (sizes[1]?.count ?? 0);
    return { steps: characters, size: { count: characters } };
  },
  replace: (sizes) => {
    const characters = at(sizes, 0).count * (1 + at(sizes, 2).count);
    return { steps: characters, size: { count: characters } };
  },
  matches: matching,
  re2: matching,
  re2Unseen: matching,
  sum: looksThrough,
  min: looksThrough,
  max: looksThrough,
  semver: cheap,
  isSemver: cheap,
  major: cheap,
  minor: cheap,
  patch: cheap,
  quantity: cheap,
  isQuantity: cheap,
  isLessThan: cheap,
  isGreaterThan: cheap,
  compareTo: cheap,
  asInteger: cheap,
  isInteger: cheap,
  asApproximateFloat: cheap,
  sign: cheap,
  add: cheap,
  sub: cheap,
  type: words,
  ...Object.fromEntries(calendarFields.map((field) => [`get${field}`, calendar])),
};
