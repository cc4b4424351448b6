import { defineScheme, order, orderDigits } from './scheme.ts';

interface Rpm {
  readonly epoch: number;
  readonly version: string;
  readonly release: string | undefined;
}

/** Runs of digits, runs of letters, and the two signs that count; everything else only separates. */
const segments = (text: string): readonly string[] => text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];

const isNumber = (segment: string): boolean => /^\d/.test(segment);

/** `~` is before the end, `^` after it but before any other segment. */
const rank = (segment: string | undefined): number => {
  if (segment === '~') return 0;
  if (segment === undefined) return 1;
  if (segment === '^') return 2;
  return isNumber(segment) ? 4 : 3;
};

/** rpmvercmp. */
export const compareRpmSegments = (a: string, b: string): number => {
  const [left, right] = [segments(a), segments(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at], right[at]];
    const first = order(rank(one), rank(other));
    if (first !== 0) return first;
    if (one === undefined || other === undefined) return 0;
    const second = isNumber(one) ? orderDigits(one, other) : order(one, other);
    if (second !== 0) return second;
  }
  return 0;
};

const shape = /^(?:(\d{1,9}):)?([^\s:-]+)(?:-([^\s:-]+))?$/;

/** The Red Hat and SUSE families: `[epoch:]version[-release]`. A side without a release leaves it open, as dependencies of rpm do. */
export const rpm = defineScheme<Rpm>(
  (text) => {
    const [, epoch, version, release] = shape.exec(text) ?? [];
    return version === undefined ? undefined : { epoch: Number(epoch ?? 0), version, release };
  },
  (a, b) =>
    order(a.epoch, b.epoch) ||
    compareRpmSegments(a.version, b.version) ||
    (a.release === undefined || b.release === undefined ? 0 : compareRpmSegments(a.release, b.release)),
);
