import { defineScheme, order, orderDigits } from './scheme.ts';

type Segments = { readonly segments: readonly string[] };

/** Platforms are written after the version, where Gem::Version would read a pre-release. */
const platform =
  /-(?:java|jruby|mswin\d*|universal|(?:x86|x64|x86_64|aarch64|arm|arm64|i\d86|powerpc|ppc64le|s390x|riscv64)-[\w.-]+|x64-mingw\S*)$/;
const shape = /^\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

const isNumber = (segment: string): boolean => /^\d/.test(segment);
const isZero = (segment: string | undefined): boolean => segment !== undefined && /^0+$/.test(segment);

/** Zeroes say nothing at the end, nor before the first letters. */
const canonical = (segments: readonly string[]): readonly string[] => {
  const letters = segments.findIndex((one) => !isNumber(one));
  const halves = letters < 0 ? [segments] : [segments.slice(0, letters), segments.slice(letters)];
  return halves.flatMap((half) => half.slice(0, half.findLastIndex((one) => !isZero(one)) + 1));
};

/** A missing segment is 0, and letters come before numbers. */
const orderSegments = (a: string, b: string): number => {
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? 1 : -1;
  return isNumber(a) ? orderDigits(a, b) : order(a, b);
};

/** RubyGems: the rules of Gem::Version. A hyphen begins a pre-release. */
export const gem = defineScheme<Segments>(
  (text) => {
    const version = text.trim().replace(platform, '');
    return shape.test(version) ? { segments: canonical(version.replaceAll('-', '.pre.').match(/\d+|[A-Za-z]+/g) ?? []) } : undefined;
  },
  (a, b) => {
    for (let at = 0; at < Math.max(a.segments.length, b.segments.length); at += 1) {
      const first = orderSegments(a.segments[at] ?? '0', b.segments[at] ?? '0');
      if (first !== 0) return first;
    }
    return 0;
  },
);
