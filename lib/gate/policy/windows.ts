import { Cron } from 'croner';
import { fromDate, hour, readTime, timeOf, toDate, writeTime } from '../../core/time.ts';
import type { EvaluationCheck } from '../evaluation.ts';
import { weightOf } from './check-choice.ts';
import type { Judged } from './judged.ts';
import type { GatePolicy } from './policy.ts';
import type { Problem } from './problem.ts';

type Window = GatePolicy['spec']['windows'][number];

const cronOf = ({ cron, timeZone }: Window): Cron => new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });

/** When the window that is open at a moment opened and will close; undefined when it is shut. */
const openWindow = (window: Window, now: string): { readonly from: string; readonly to: string } | undefined => {
  const [opened] = cronOf(window).previousRuns(1, toDate(writeTime(timeOf(now) + 1000)));
  if (!opened) return undefined;
  const from = fromDate(opened);
  const to = timeOf(from) + window.hours * hour;
  return timeOf(from) <= timeOf(now) && timeOf(now) < to ? { from, to: writeTime(to) } : undefined;
};

const nextOpening = (window: Window, now: string): string | undefined => {
  const next = cronOf(window).nextRun(toDate(now));
  return next ? fromDate(next) : undefined;
};

const first = (times: readonly (string | undefined)[]): string | undefined => times.filter((time) => time !== undefined).toSorted()[0];

const texts = {
  'window.change': {
    title: 'It is inside an upgrade window',
    why: 'Upgrades were agreed for certain hours, when people are there to help.',
    repair: 'Wait for the window, or have the window of the policy changed.',
  },
  'window.freeze': {
    title: 'No freeze is in force',
    why: 'Somebody declared that nothing may change during this time.',
    repair: 'Wait until the freeze is over, or have it lifted in the policy.',
  },
} as const;

const judged = (policy: GatePolicy, id: keyof typeof texts, outcome: EvaluationCheck['outcome'], message: string, now: string): Judged => ({
  id,
  category: 'window',
  ...texts[id],
  outcome,
  // a window that is written down counts unless the policy says that it only warns
  required: weightOf(id, policy.spec.checks) !== 'advisory',
  severity: 'high',
  message,
  resources: [],
  links: [],
  evidenceAt: now,
  waiver: null,
});

/** What windows and freezes say, and until when that holds at most. */
export const judgeWindows = (
  policy: GatePolicy,
  now: string,
): { readonly checks: readonly Judged[]; readonly until?: string | undefined } => {
  const { windows, freezes } = policy.spec;
  const open = windows.flatMap((window) => openWindow(window, now) ?? []);
  const closes = open
    .map(({ to }) => to)
    .toSorted()
    .at(-1);
  const opens = first(windows.map((window) => nextOpening(window, now)));
  const change =
    windows.length === 0
      ? []
      : [
          closes === undefined
            ? judged(
                policy,
                'window.change',
                'fail',
                `No upgrade window is open now; ${opens ? `the next one opens at ${opens}` : 'none opens again'}.`,
                now,
              )
            : judged(policy, 'window.change', 'pass', `An upgrade window is open until ${closes}.`, now),
        ];
  const at = timeOf(now);
  const frozen = freezes.find(({ from, to }) => timeOf(from) <= at && at < timeOf(to));
  const nextFreeze = first(freezes.map(({ from }) => writeTime(timeOf(from))).filter((from) => timeOf(from) > at));
  const freeze =
    freezes.length === 0
      ? []
      : [
          frozen
            ? judged(policy, 'window.freeze', 'fail', `A freeze is in force until ${frozen.to}: ${frozen.reason}`.replace(/\.?$/, '.'), now)
            : judged(
                policy,
                'window.freeze',
                'pass',
                nextFreeze ? `No freeze is in force; the next begins at ${nextFreeze}.` : 'No freeze is in force.',
                now,
              ),
        ];
  return { checks: [...change, ...freeze], until: first([closes, nextFreeze]) };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is wrong with the times of a policy. */
export const windowProblems = ({ spec }: GatePolicy): readonly Problem[] => [
  ...spec.windows.flatMap((window, index): Problem[] => {
    const path = ['spec', 'windows', index];
    try {
      new Cron('* * * * *', { timezone: window.timeZone, paused: true }).nextRun(toDate('2026-01-01T00:00:00Z'));
    } catch {
      return [{ path: [...path, 'timeZone'], say: `there is no time zone "${window.timeZone}"; name one such as Europe/Zurich or UTC` }];
    }
    try {
      return cronOf(window).nextRun(toDate('2026-01-01T00:00:00Z')) ? [] : [{ path: [...path, 'cron'], say: 'names no moment at all' }];
    } catch (error) {
      return [{ path: [...path, 'cron'], say: `must be five fields of cron: ${messageOf(error)}` }];
    }
  }),
  ...spec.freezes.flatMap(({ from, to }, index): Problem[] => {
    const path = ['spec', 'freezes', index];
    const bad = (['from', 'to'] as const).filter((end) => readTime({ from, to }[end]) === undefined);
    if (bad.length > 0) return bad.map((end) => ({ path: [...path, end], say: 'must be a time such as 2026-12-20T00:00:00Z' }));
    return timeOf(from) < timeOf(to) ? [] : [{ path, say: 'ends before it begins' }];
  }),
];
