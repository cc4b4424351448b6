import type { AffectedPackage, RangeEvent } from '../advisory/advisory.ts';
import { order, type ParsedVersion, type VersionScheme } from './scheme.ts';

/** What an advisory says of one version. */
export type Standing =
  | { readonly is: 'affected'; readonly fixed?: string }
  | { readonly is: 'unaffected' }
  /** The version, or one that the advisory names, is none in this ecosystem. */
  | { readonly is: 'incomparable' };

interface Step {
  readonly kind: RangeEvent[0];
  readonly text: string;
  /** `undefined` is before every version. */
  readonly version: ParsedVersion | undefined;
}

/** Before every version. */
const isBeginning = ([kind, text]: RangeEvent): boolean => kind === 'introduced' && text === '0';

const stepsOf = (events: readonly RangeEvent[], scheme: VersionScheme): readonly Step[] | undefined => {
  const steps = events.map((event): Step | undefined => {
    const [kind, text] = event;
    if (isBeginning(event)) return { kind, text, version: undefined };
    const version = scheme.parse(text);
    return version && { kind, text, version };
  });
  const whole = steps.filter((step) => step !== undefined);
  if (whole.length < steps.length) return undefined;
  const compare = (a: Step, b: Step): number =>
    a.version && b.version ? scheme.compare(a.version, b.version) : order(a.version ? 1 : 0, b.version ? 1 : 0);
  return whole.toSorted(compare);
};

/** Whether the version is at or after the step; for `last_affected`, after it. */
const isReached = ({ kind, version }: Step, installed: ParsedVersion, scheme: VersionScheme): boolean => {
  if (version === undefined) return true;
  const distance = scheme.compare(installed, version);
  return kind === 'last_affected' ? distance > 0 : distance >= 0;
};

const isSame = (a: Step, b: Step | undefined, scheme: VersionScheme): boolean =>
  b !== undefined && (a.version && b.version ? scheme.compare(a.version, b.version) === 0 : a.version === b.version);

/** A fix and a new introduction at one version leave things as they were: an empty range, or two that touch. */
const isCancelled = (at: number, steps: readonly Step[], scheme: VersionScheme): boolean => {
  const step = steps[at];
  if (!step || (step.kind !== 'introduced' && step.kind !== 'fixed')) return false;
  const other = step.kind === 'introduced' ? 'fixed' : 'introduced';
  const meets = (near: Step | undefined): boolean => near?.kind === other && isSame(step, near, scheme);
  return meets(steps[at - 1]) || meets(steps[at + 1]);
};

const isWithin = (steps: readonly Step[], installed: ParsedVersion, scheme: VersionScheme): boolean => {
  let is = false;
  for (const [at, step] of steps.entries()) {
    if (!isReached(step, installed, scheme)) continue;
    if (isCancelled(at, steps, scheme)) continue;
    is = step.kind === 'introduced';
  }
  return is;
};

/** Every version from the first on, whatever it is called. */
const isEverything = (events: readonly RangeEvent[]): boolean => events.length === 1 && events.every(isBeginning);

type Judge = (installed: ParsedVersion | undefined) => Standing;

const judgeRange = (events: readonly RangeEvent[], scheme: VersionScheme): Judge => {
  if (isEverything(events)) return () => ({ is: 'affected' });
  const steps = stepsOf(events, scheme);
  const limits = steps?.filter(({ kind }) => kind === 'limit') ?? [];
  const rest = steps?.filter(({ kind }) => kind !== 'limit') ?? [];
  return (installed) => {
    if (!steps || !installed) return { is: 'incomparable' };
    // limits of one range are alternatives (OSV schema, "evaluation"); beyond all of them the range says nothing
    if (limits.length > 0 && limits.every((limit) => isReached(limit, installed, scheme))) return { is: 'unaffected' };
    if (!isWithin(rest, installed, scheme)) return { is: 'unaffected' };
    const fix = rest.find((step, at) => step.kind === 'fixed' && !isCancelled(at, rest, scheme) && !isReached(step, installed, scheme));
    return fix ? { is: 'affected', fixed: fix.text } : { is: 'affected' };
  };
};

/** Reads ranges and versions once, to judge any number of versions: whether each is affected, and the lowest version above it that is not. */
export const judgeVersions = (
  { ranges, versions }: Pick<AffectedPackage, 'ranges' | 'versions'>,
  scheme: VersionScheme,
): ((text: string) => Standing) => {
  const judges = ranges.map((events) => judgeRange(events, scheme));
  const listed = versions.map((text) => scheme.parse(text));
  return (text) => {
    const installed = scheme.parse(text);
    const standings = judges.map((judge) => judge(installed));
    const affected = standings.filter(({ is }) => is === 'affected');
    const first = affected.find((one) => 'fixed' in one) ?? affected[0];
    if (first) return first;
    if (versions.includes(text)) return { is: 'affected' };
    if (installed && listed.some((one) => one && scheme.compare(one, installed) === 0)) return { is: 'affected' };
    const isUnclear = standings.some(({ is }) => is === 'incomparable') || (!installed && versions.length > 0);
    return { is: isUnclear ? 'incomparable' : 'unaffected' };
  };
};
