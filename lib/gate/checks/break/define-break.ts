import type { Slice, Unread } from '../../../core/facts/index.ts';
import type { GateSlice, GateSlices } from '../../../core/gate/index.ts';
import { minorText } from '../../../core/gate/index.ts';
import { type CheckAnswer, defineGateCheck, doesNotApply, type GateCheck, isUnknown, type Upgrade } from '../../check.ts';
import { breakData } from '../../data/breaks.ts';

// What the checks of one breaking change each share: they speak only when the upgrade crosses the minor that breaks, and only then need their facts.

type Value<K extends GateSlice> = GateSlices[K] extends Slice<infer T> ? T : never;
/** The facts a change is judged by, all read. */
export type BreakFacts<S extends GateSlice> = { readonly [K in S]: Value<K> } & { readonly upgrade: Upgrade };

interface BreakDefinition<S extends GateSlice> extends Pick<GateCheck, 'title' | 'severity' | 'why' | 'repair' | 'links'> {
  /** Last part of the id: `break.<name>`. */
  readonly name: string;
  /** First minor that behaves differently, or each minor that takes a step; `always` for changes outside of Kubernetes' versions. */
  readonly at: readonly string[] | 'always';
  /** The change is a slow one: it is told of at every target from `at` on. */
  readonly lasts?: boolean;
  readonly needs: readonly S[];
  judge(facts: BreakFacts<S>): CheckAnswer;
}

/** `1.36` as a number that orders minors of Kubernetes 1. */
export const minorNumber = (text: string): number => Number(text.split('.')[1]);

/** Whether the upgrade leads from before the minor to it or beyond it. */
export const crosses = ({ current, target }: Upgrade, minor: string): boolean =>
  current.minor < minorNumber(minor) && minorNumber(minor) <= target.minor;

/** What to say of a target that the data does not know yet; undefined when it does. */
export const beyondData = (
  { target }: Upgrade,
  data: { readonly dataAsOf: string; readonly newestMinor: string },
): CheckAnswer | undefined =>
  target.major === 1 && target.minor <= minorNumber(data.newestMinor)
    ? undefined
    : isUnknown(
        `Kubernetes ${minorText(target)} is newer than the data on breaking changes, which is of ${data.dataAsOf} and knows Kubernetes up to ${data.newestMinor}.`,
      );

const isInTheWay = (upgrade: Upgrade, at: readonly string[] | 'always', lasts: boolean): boolean =>
  at === 'always' || at.some((minor) => crosses(upgrade, minor) || (lasts && minorNumber(minor) <= upgrade.target.minor));

const notCrossed = ({ current, target }: Upgrade, at: readonly string[]): CheckAnswer =>
  doesNotApply(
    `Kubernetes ${at.join(' and ')} changed this; the way from ${minorText(current)} to ${minorText(target)} does not cross that.`,
  );

/** A check of one breaking change. `unknown` where the target is newer than the data or a fact it needs was not read. */
export const defineBreak = <S extends GateSlice>({ name, at, lasts = false, needs, judge, ...texts }: BreakDefinition<S>) =>
  defineGateCheck<never, S>({
    ...texts,
    id: `break.${name}`,
    category: 'break',
    reads: [],
    mayRead: needs,
    evaluate: (seen) => {
      const beyond = beyondData(seen.upgrade, breakData);
      if (beyond) return beyond;
      if (at !== 'always' && !isInTheWay(seen.upgrade, at, lasts)) return notCrossed(seen.upgrade, at);
      const slices = seen as unknown as Record<S, Slice<unknown>>;
      const unread = needs.map((need) => slices[need]).filter((slice): slice is Unread => !slice.read);
      if (unread.length > 0) return isUnknown(`Could not look: ${[...new Set(unread.map(({ reason }) => reason))].join(' ')}`);
      const values = Object.fromEntries(needs.map((need) => [need, (slices[need] as { readonly value: unknown }).value]));
      return judge({ ...values, upgrade: seen.upgrade } as BreakFacts<S>);
    },
  });
