import { fitsWildcard } from '../../core/wildcard.ts';
import { scanKinds } from '../../reports/report.ts';
import { categories } from '../check.ts';
import { nearest } from './nearest.ts';
import type { GatePolicy } from './policy.ts';
import type { Problem } from './problem.ts';

/** How a check counts: it denies, it warns, or nobody asks it. */
export type Weight = 'required' | 'advisory' | 'off';

type Lists = GatePolicy['spec']['checks'];

/** The longest pattern that fits decides; of two as long, the one that denies. */
export const weightOf = (id: string, { required, advisory }: Lists): Weight => {
  const longest = (patterns: readonly string[]): number =>
    patterns.reduce((most, pattern) => (fitsWildcard(pattern, id) ? Math.max(most, pattern.length) : most), -1);
  const [denies, warns] = [longest(required), longest(advisory)];
  return denies < 0 && warns < 0 ? 'off' : denies >= warns ? 'required' : 'advisory';
};

/** Checks that need no facts of the cluster: scans and times. */
export const policyChecks: readonly string[] = ['window.change', 'window.freeze', ...scanKinds.map((kind) => `scan.${kind}`)];

/** Anything may be named of a category whose checks are not there yet. */
const knowsCategory = (pattern: string, known: readonly string[]): boolean =>
  categories.some((category) => {
    const isOf = (text: string): boolean => text.startsWith(`${category}.`);
    return pattern === `${category}.*` || (isOf(pattern) && !known.some(isOf));
  });

const problemOf = (pattern: string, path: readonly PropertyKey[], known: readonly string[]): readonly Problem[] => {
  if (known.some((id) => fitsWildcard(pattern, id)) || knowsCategory(pattern, known)) return [];
  const like = nearest(pattern, [...known, ...categories.map((category) => `${category}.*`)]);
  return [
    {
      path,
      say: pattern.includes('*')
        ? `no check fits "${pattern}"; did you mean ${like}?`
        : `there is no check "${pattern}"; did you mean ${like}?`,
    },
  ];
};

/** A name that fits no check would silently demand nothing. */
export const checkChoiceProblems = ({ spec }: GatePolicy, ids: readonly string[]): readonly Problem[] => {
  const known = [...ids, ...policyChecks];
  const rules = spec.validations.map(({ id }) => `rule.${id}`);
  return [
    ...spec.checks.required.flatMap((pattern, index) => problemOf(pattern, ['spec', 'checks', 'required', index], known)),
    ...spec.checks.advisory.flatMap((pattern, index) => problemOf(pattern, ['spec', 'checks', 'advisory', index], known)),
    ...spec.waivable.flatMap((pattern, index) => problemOf(pattern, ['spec', 'waivable', index], [...known, ...rules])),
  ];
};
