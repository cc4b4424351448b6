import { isForPlace, namesPort } from '../../../checks/exposure/doors.ts';
import type { Probe } from '../../../checks/exposure/probe.ts';
import type { Vantage } from '../../../core/finding.ts';
import type { Outcome, Severity } from '../../../core/outcome.ts';
import { type Door, isTried, type Note, type Sight } from '../../../core/probing/index.ts';

/** What one vantage has to say of one door about one probe. */
export interface Word {
  readonly vantage: Vantage;
  readonly door: Door;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly message: string;
  readonly evidence: Note['evidence'];
  readonly certainty?: Note['certainty'];
  readonly repair?: string;
}

const knock = (found: string): Note['evidence'] => [{ looked: 'TCP connection', found }];

/** What an unopened door says. Silence is good news only from a target that answers at all: else nobody could look. */
const ofClosed = (state: 'closed' | 'filtered', isReached: boolean): Pick<Word, 'outcome' | 'message' | 'evidence'> => {
  if (state === 'closed') return { outcome: 'pass', message: 'Nothing listens there.', evidence: knock('refused') };
  return isReached
    ? { outcome: 'pass', message: 'It cannot be reached: connections get no answer.', evidence: knock('no answer (filtered)') }
    : { outcome: 'unknown', message: 'No port of this target answered, so nobody could look.', evidence: knock('no answer') };
};

/** Doors at which nobody looked, whatever the reason. */
const ofUntried = {
  forbidden: {
    outcome: 'unknown',
    message: 'Whoever runs Gatehouse lets it connect to no such address, so nobody could look.',
    evidence: knock('not tried: forbidden'),
  },
  unasked: {
    outcome: 'unknown',
    message: 'The time of the scan was over before anybody could look.',
    evidence: knock('not tried: time was over'),
  },
  unable: {
    outcome: 'unknown',
    message: 'The machine that looked could not connect, so nobody could look.',
    evidence: knock('not tried: no socket or no network'),
  },
} as const satisfies Readonly<Record<string, Pick<Word, 'outcome' | 'message' | 'evidence'>>>;

/** An owner in one family of addresses: where there is no way to IPv6 at all, answers over IPv4 say nothing of firewalls. */
const reachKey = ({ owner, address }: Door): string => `${address.includes(':') ? 6 : 4} ${owner}`;

/** Owners, by family of addresses, of which at least one port answered, if only by refusing. */
const reachedOwners = ({ doors }: Sight): ReadonlySet<string> =>
  new Set(
    doors.flatMap(({ door, state }) => (door.transport === 'tcp' && (state === 'open' || state === 'closed') ? [reachKey(door)] : [])),
  );

/** Everything one vantage says about each probe. */
export const wordsByProbe = (sight: Sight, probes: readonly Probe[]): ReadonlyMap<string, readonly Word[]> => {
  const reached = reachedOwners(sight);
  const words = new Map<string, Word[]>(probes.map(({ id }) => [id, []]));
  const bySeverity = new Map(probes.map(({ id, severity }) => [id, severity]));
  for (const { probe, door: index, severity, ...said } of sight.notes) {
    const door = sight.doors[index]?.door;
    const usual = bySeverity.get(probe);
    if (door && usual) words.get(probe)?.push({ vantage: sight.vantage, door, severity: severity ?? usual, ...said } as Word);
  }
  for (const { door, state } of sight.doors) {
    if (state === 'open') continue;
    const said = isTried(state) ? ofClosed(state, reached.has(reachKey(door))) : ofUntried[state];
    for (const probe of probes)
      if (isForPlace(probe, door, sight.vantage) && namesPort(probe, door))
        words.get(probe.id)?.push({ vantage: sight.vantage, door, severity: probe.severity, ...said });
  }
  return words;
};
