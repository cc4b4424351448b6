import { ask } from '../../../checks/exposure/ask.ts';
import { asks } from '../../../checks/exposure/doors.ts';
import { type Asked, type Greeting, type OpenDoor, type Probe, type ProbeVerdict, shown } from '../../../checks/exposure/probe.ts';
import type { Vantage } from '../../../core/finding.ts';
import { type Door, type DoorState, isLost, type Note, type Sight } from '../../../core/probing/index.ts';
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
  /** Whether the sender has a token for requests that ask for it. */
  readonly hasToken?: boolean | undefined;
  /** Aborts when the time for looking is over: what nobody asked until then stays unasked. The sender must know it, too. */
  readonly timeUp?: AbortSignal | undefined;
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

const tooLate: ProbeVerdict = {
  outcome: 'unknown',
  message: 'The time of the scan was over before this could be asked.',
  evidence: [{ looked: 'time', found: 'over' }],
};

/** Answers that never had their chance take nothing back that was seen, but they make nothing clean. */
const cautious = (verdict: ProbeVerdict | undefined, asked: readonly Asked[]): ProbeVerdict | undefined => {
  const lost = asked.filter(({ answer }) => isLost(answer));
  if (lost.length === 0 || verdict?.outcome === 'fail' || verdict?.outcome === 'manual') return verdict;
  const evidence = lost.map((one) => shown(one));
  return lost.some(({ answer }) => answer.is === 'none' && answer.why === 'local-fault')
    ? { outcome: 'unknown', message: 'The machine that looked could not connect, so nobody could look.', evidence }
    : { ...tooLate, evidence };
};

const isOver = ({ signal, timeUp }: LookInput): boolean => signal.aborted || timeUp?.aborted === true;

const askDoor = async (open: OpenDoor, index: number, input: LookInput): Promise<readonly Note[]> => {
  const { probes, sender } = input;
  const notes: Note[] = [];
  for (const probe of probes.filter((one) => asks(one, open))) {
    if (isOver(input)) {
      notes.push(noteOf(probe, index, tooLate));
      continue;
    }
    try {
      const asked = await ask(probe, open, (request) => sender.send(open, request, probe.id));
      const verdict = cautious(probe.judge(open, asked), asked);
      if (verdict) notes.push(noteOf(probe, index, verdict));
    } catch (error) {
      notes.push(noteOf(probe, index, broken(probe, error)));
    }
  }
  return notes;
};

/** Greets an open door. A greeting that never had its chance says nothing of what is behind: then nobody looked. */
const greeted = async (door: Door, sender: ProbeSender): Promise<Greeting | 'unasked' | 'unable'> => {
  if (door.transport === 'udp') return {};
  let lost: 'unasked' | 'unable' | undefined;
  const greeting = await greet(door, {
    send: async (...question) => {
      const answer = await sender.send(...question);
      if (answer.is === 'none' && answer.why === 'cancelled') lost = 'unasked';
      if (answer.is === 'none' && answer.why === 'local-fault') lost ??= 'unable';
      return answer;
    },
  });
  return lost ?? greeting;
};

/** Places in the list, one of each address in turn: the sender is gentle with each target, so that many at once go faster than one after the other. */
const interleaved = (doors: readonly Door[]): readonly number[] => {
  const byAddress = [...Map.groupBy(doors.keys(), (index) => doors[index]?.address).values()];
  const longest = Math.max(0, ...byAddress.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => byAddress.flatMap((own) => own[at] ?? [])).flat();
};

/** Everything one vantage sees: knocks at every door, greets the open ones, puts to each the questions of the probes it is for. Never throws. */
export const look = async (input: LookInput): Promise<Sight> => {
  const { vantage, doors, sender, now, hasToken = false, progress } = input;
  const states: DoorState[] = [];
  const notes: (readonly Note[])[] = [];
  let done = 0;
  const waiting = interleaved(doors).values();
  const work = async (): Promise<void> => {
    for (const index of waiting) {
      if (isOver(input)) return;
      const door = doors[index] as Door;
      states[index] = await sender.knock(door);
      if (states[index] === 'open') {
        const greeting = await greeted(door, sender);
        if (typeof greeting === 'string') states[index] = greeting;
        else notes[index] = await askDoor({ ...door, greeting, vantage, hasToken, now }, index, input);
      }
      done += 1;
      progress(done, doors.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, doors.length) }, work));
  return {
    vantage,
    doors: doors.map((door, index) => ({ door, state: states[index] ?? 'unasked' })),
    // by door, not by time: the same answers give the same sight
    notes: doors.flatMap((_, index) => notes[index] ?? []),
    // what was sent may hold a name that a server gave
    exchanges: sender.exchanges.map((one) => ({ ...one, sent: short(one.sent), answered: short(one.answered) })),
    timedOut: sender.timedOut,
  };
};
