import { clusterSubject } from '../../../checks/check.ts';
import { isForPlace } from '../../../checks/exposure/doors.ts';
import type { Probe } from '../../../checks/exposure/probe.ts';
import { vantages as inOrder, type Judgement, type Subject } from '../../../core/finding.ts';
import { bySeverity, type Outcome, worstOutcome } from '../../../core/outcome.ts';
import { endpointText, isTried, type LeftOut, type PenetrationFacts, type Sight } from '../../../core/probing/index.ts';
import { type Word, wordsByProbe } from './words.ts';

/** A probe, as finishing reads it, with what it said of the cluster. */
export interface JudgedExposure {
  readonly check: Pick<Probe, 'id' | 'title' | 'severity' | 'why' | 'repair' | 'techniques' | 'references'> & { readonly lookAt?: string };
  readonly judgements: readonly Judgement[];
}

/** One subject whatever the address and the vantage: the thing, its port, and who owns it. */
const subjectKey = ({ door: { subject, owner } }: Word): string =>
  JSON.stringify([subject.kind, subject.namespace, subject.name, subject.port, owner]);

const subjectOf = (words: readonly Word[], outcome: Outcome): Subject => {
  const [{ door }] = words as [Word];
  const endpoints = words.filter((word) => word.outcome === outcome).map((word) => endpointText(word.door));
  return { ...door.subject, endpoints: [...new Set(endpoints)] };
};

/** What all addresses and vantages say of one subject: the worst counts, and everything seen is shown. */
const combine = (words: readonly Word[]): Judgement => {
  const outcome = worstOutcome(words.map((word) => word.outcome)) as Outcome;
  const worst = words.filter((word) => word.outcome === outcome);
  const [first] = worst as [Word];
  const messages = [...new Set(worst.map(({ message }) => message))];
  const certainty =
    worst.find((word) => word.certainty === 'confirmed')?.certainty ?? first.certainty ?? (outcome === 'fail' ? 'confirmed' : undefined);
  return {
    subject: subjectOf(words, outcome),
    outcome,
    severity: worst.map(({ severity }) => severity).toSorted(bySeverity)[0] as Word['severity'],
    message: messages.join(' '),
    vantages: inOrder.filter((vantage) => worst.some((word) => word.vantage === vantage)),
    evidence: words.flatMap(({ vantage, door, evidence }) =>
      evidence.map((one) => ({ ...one, source: `network, ${vantage}`, endpoints: [endpointText(door)] })),
    ),
    ...(certainty ? { certainty } : {}),
    ...(first.repair === undefined ? {} : { repair: first.repair }),
  };
};

const whyUntried = {
  unasked: 'Nothing of the kind was found until the time of the scan was over; not every port was tried.',
  unable: 'Nothing of the kind was found, but the machine that looked could not connect to every port.',
  forbidden: 'Nothing of the kind was found, but not every address may be connected to from here.',
} as const;
type Untried = keyof typeof whyUntried;

/** Why doors that this probe is for were not tried, if any: what is behind them may be what it is about. */
const untriedBy = (probe: Probe, sights: readonly Sight[]): Untried | undefined => {
  const states = new Set(
    sights.flatMap(({ vantage, doors }) =>
      doors.flatMap(({ door, state }) => (!isTried(state) && isForPlace(probe, door, vantage) ? [state] : [])),
    ),
  );
  return (Object.keys(whyUntried) as Untried[]).find((state) => states.has(state));
};

/** Whether the user named targets that leave out doors this probe is for. */
const isLeftOut = ({ doors: { places, transport = 'tcp', vantages = inOrder } }: Probe, leftOut: readonly LeftOut[]): boolean =>
  leftOut.some((one) => places.includes(one.place) && transport === one.transport && vantages.includes(one.vantage));

/** What is said where no door had anything to say: nobody could look, or there is nothing of the kind. */
const ofNothing = (probe: Probe, { cluster, vantages, blind, sights, refused, leftOut = [] }: PenetrationFacts): Judgement => {
  const subject = clusterSubject(cluster);
  const wanted = probe.doors.vantages ?? inOrder;
  const evidence = [{ source: 'network', looked: probe.doors.places.join(', '), found: 'nothing' }];
  const unable = blind.filter(({ vantage }) => wanted.includes(vantage));
  if (unable.length > 0)
    return { subject, outcome: 'unknown', message: `Nobody could look: ${unable.map(({ why }) => why).join(' ')}`, evidence };
  if (!wanted.some((vantage) => vantages.includes(vantage)))
    return {
      subject,
      outcome: 'unknown',
      message: `This can only be seen from the ${wanted.join(' or ')} vantage, which was not asked for.`,
      evidence,
    };
  const untried = untriedBy(probe, sights);
  if (untried) return { subject, outcome: 'unknown', message: whyUntried[untried], evidence };
  if (isLeftOut(probe, leftOut))
    return {
      subject,
      outcome: 'unknown',
      message: 'Where this could be seen was left out: other targets were named.',
      evidence,
    };
  const hasDoors = sights.some(({ doors }) => doors.some(({ door }) => probe.doors.places.includes(door.place)));
  if (!hasDoors && refused.length > 0)
    return {
      subject,
      outcome: 'unknown',
      message: 'Nobody knocked where this could be seen; the annex lists the addresses that were not contacted, and why.',
      evidence,
    };
  return { subject, outcome: 'not-applicable', message: 'Nothing that this probe is about was found.', evidence };
};

/** What each probe says, from everything that was seen. Pure. */
export function* judgeProbes(probes: readonly Probe[], facts: PenetrationFacts): Generator<JudgedExposure> {
  const sights = facts.sights.map((sight) => wordsByProbe(sight, probes));
  for (const probe of probes) {
    const words = sights.flatMap((byProbe) => byProbe.get(probe.id) ?? []);
    const groups = [...Map.groupBy(words, subjectKey).values()];
    yield { check: probe, judgements: groups.length > 0 ? groups.map(combine) : [ofNothing(probe, facts)] };
  }
}
