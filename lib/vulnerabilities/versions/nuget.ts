import { defineScheme, order, orderDigits, orderLists } from './scheme.ts';

interface NuGet {
  readonly numbers: readonly string[];
  readonly labels: readonly string[];
}

const orderLabels = (a: string, b: string): number => {
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left !== right) return left ? -1 : 1;
  return left ? orderDigits(a, b) : order(a.toLowerCase(), b.toLowerCase());
};

/** A label may be the shorter list, which is the older one; none at all is a release. */
const orderPreRelease = (a: readonly string[], b: readonly string[]): number => {
  if (a.length === 0 || b.length === 0) return order(b.length, a.length);
  return orderLists(a.slice(0, b.length), b.slice(0, a.length), '', orderLabels) || order(a.length, b.length);
};

const shape = /^v?(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** NuGet: Semantic Versioning with a fourth number and labels without regard to case. */
export const nuget = defineScheme<NuGet>(
  (text) => {
    const [, numbers, labels] = shape.exec(text.trim()) ?? [];
    return numbers === undefined ? undefined : { numbers: numbers.split('.'), labels: labels?.split('.') ?? [] };
  },
  (a, b) => orderLists(a.numbers, b.numbers, '0', orderDigits) || orderPreRelease(a.labels, b.labels),
);
