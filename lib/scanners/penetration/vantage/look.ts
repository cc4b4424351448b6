import { ask } from '../../../checks/exposure/ask.ts';
import { asks } from '../../../checks/exposure/doors.ts';
import type { OpenDoor, Probe, ProbeVerdict } from '../../../checks/exposure/probe.ts';
import type { Vantage } from '../../../core/finding.ts';
import type { Door, DoorState, Note, Sight } from '../../../core/probing/index.ts';
import type { ProbeSender } from '../../../ports/probe-sender.ts';
import { greet } from './greet.ts';
import { short } from './short.ts';

export interface LookInput {
  readonly vantage: Vantage;
  readonly doors: readonly Door[];
  readonly probes: readonly Probe[];
  readonly sender: ProbeSender;
  /** Time of the scan, ISO 8601. */
  readonly now: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** Doors that are looked at side by side; the sender paces what that makes of requests. */
const atOnce = 48;

const broken = (probe: Probe, error: unknown): ProbeVerdict => ({
  outcome: 'error',
  message: 'The probe broke; this is a defect of Gatehouse, please report it.',
  evidence: [{ looked: probe.id, found: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }],
});

const noteOf = (probe: Probe, door: number, verdict: ProbeVerdict): Note => ({
  ...verdict,
  probe: probe.id,
  door,
  message: short(verdict.message),
  ...(verdict.repair === undefined ? {} : { repair: short(verdict.repair) }),
  evidence: verdict.evidence.map(({ looked, found }) => ({ looked: short(looked), found: short(found) })),
});

const askDoor = async (open: OpenDoor, index: number, { probes, sender, signal }: LookInput): Promise<readonly Note[]> => {
  const notes: Note[] = [];
  for (const probe of probes.filter((one) => asks(one, open))) {
    if (signal.aborted) break;
    try {
      const asked = await ask(probe, open, (request) => sender.send(open, request, probe.id));
      const verdict = probe.judge(open, asked);
      if (verdict) notes.push(noteOf(probe, index, verdict));
    } catch (error) {
      notes.push(noteOf(probe, index, broken(probe, error)));
    }
  }
  return notes;
};

/** Places in the list, one of each address in turn: the sender is gentle with each target, so that many at once go faster than one after the other. */
const interleaved = (doors: readonly Door[]): readonly number[] => {
  const byAddress = [...Map.groupBy(doors.keys(), (index) => doors[index]?.address).values()];
  const longest = Math.max(0, ...byAddress.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => byAddress.flatMap((own) => own[at] ?? [])).flat();
};

/** Everything one vantage sees: knocks at every door, greets the open ones, puts to each the questions of the probes it is for. Never throws. */
export const look = async (input: LookInput): Promise<Sight> => {
  const { vantage, doors, sender, now, signal, progress } = input;
  const states: DoorState[] = [];
  const notes: (readonly Note[])[] = [];
  let done = 0;
  const waiting = interleaved(doors).values();
  const work = async (): Promise<void> => {
    for (const index of waiting) {
      if (signal.aborted) return;
      const door = doors[index] as Door;
      const state = await sender.knock(door);
      states[index] = state;
      if (state === 'open') {
        const greeting = door.transport === 'tcp' ? await greet(door, sender) : {};
        notes[index] = await askDoor({ ...door, greeting, vantage, now }, index, input);
      }
      done += 1;
      progress(done, doors.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, doors.length) }, work));
  return {
    vantage,
    doors: doors.map((door, index) => ({ door, state: states[index] ?? 'filtered' })),
    // by door, not by time: the same answers give the same sight
    notes: doors.flatMap((_, index) => notes[index] ?? []),
    // what was sent may hold a name that a server gave
    exchanges: sender.exchanges.map((one) => ({ ...one, sent: short(one.sent), answered: short(one.answered) })),
    timedOut: sender.timedOut,
  };
};
