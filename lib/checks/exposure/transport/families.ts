import { bySeverity, type Severity } from '../../../core/outcome.ts';
import type { HelloRequest } from '../../../core/probing/index.ts';
import type { Asked, OpenDoor, Probe, ProbeVerdict } from '../probe.ts';
import { couldNotOffer, hellosOf, shakesHands } from './tls-door.ts';

/** Cipher suites that are weak for the same reason. */
export interface Family {
  /** In a message: "RC4". */
  readonly name: string;
  readonly severity: Severity;
  /** Names by IANA number. */
  readonly suites: Readonly<Record<number, string>>;
}

const numbersOf = ({ suites }: Family): readonly number[] => Object.keys(suites).map(Number);
const has = (family: Family, suite: number | undefined): boolean => suite !== undefined && suite in family.suites;

/** One offer of everything in some families. */
export const offerOf = (families: readonly Family[]): HelloRequest => ({
  is: 'hello',
  version: 'TLSv1.2',
  suites: families.flatMap(numbersOf),
});

const chosenIn = (asked: readonly Asked[]): readonly number[] =>
  hellosOf(asked).flatMap(({ answer }) => (answer.accepted ? (answer.suite ?? []) : []));

/** Offers all families at once, then those without the one that was chosen, until none is: a server that takes none of them is asked once. */
export const offerFamilies =
  (families: readonly Family[]): Probe['send'] =>
  (_, soFar) => {
    const chosen = chosenIn(soFar);
    // the last offer was turned down, or got no answer
    if (chosen.length < soFar.length) return [];
    const left = families.filter((family) => !chosen.some((suite) => has(family, suite)));
    return left.length === 0 ? [] : [offerOf(left)];
  };

const evidenceOf = (families: readonly Family[], asked: readonly Asked[]): ProbeVerdict['evidence'] =>
  asked.map(({ request, answer }) => {
    const offered = families.filter((family) => request.is === 'hello' && request.suites.some((suite) => has(family, suite)));
    const looked = `ClientHello with suites of ${offered.map(({ name }) => name).join(', ')}`;
    if (answer.is !== 'hello') return { looked, found: answer.is === 'none' ? answer.why : answer.is };
    if (!answer.accepted) return { looked, found: 'turned down' };
    const name = families.map(({ suites }) => suites[answer.suite ?? -1]).find((one) => one !== undefined);
    return { looked, found: `${name ?? 'a suite that was not on offer'}, ${answer.version ?? 'TLS'}` };
  });

/** What a server took of the families; nothing, of a server that shakes hands otherwise, is good. */
export const judgeFamilies = (
  door: OpenDoor,
  asked: readonly Asked[],
  families: readonly Family[],
  says: { readonly open: string; readonly closed: string },
): ProbeVerdict => {
  const chosen = chosenIn(asked);
  const taken = families.filter((family) => chosen.some((suite) => has(family, suite)));
  const evidence = evidenceOf(families, asked);
  const [worst] = taken.map(({ severity }) => severity).toSorted(bySeverity);
  if (worst !== undefined)
    return { outcome: 'fail', severity: worst, message: `${says.open} ${taken.map(({ name }) => name).join(', ')}.`, evidence };
  if (hellosOf(asked).length < asked.length || !shakesHands(door)) return couldNotOffer(evidence);
  return { outcome: 'pass', message: says.closed, evidence };
};
