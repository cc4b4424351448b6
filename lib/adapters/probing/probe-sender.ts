import type { Vantage } from '../../core/finding.ts';
import {
  answerText,
  type Door,
  type DoorState,
  type Exchange,
  endpointText,
  type NoAnswer,
  type ProbeAnswer,
  type ProbeRequest,
  requestText,
} from '../../core/probing/index.ts';
import type { ProbeSender } from '../../ports/probe-sender.ts';
import type { AddressGuard } from '../network/address-guard.ts';
import { plainAddress } from '../network/special-addresses.ts';
import { createAllowedDoors } from './allowed-doors.ts';
import { askTcp, askUdp } from './ask-bytes.ts';
import { askHttp } from './ask-http.ts';
import { askTls } from './ask-tls.ts';
import { type Ending, noAnswer, startEnding } from './ending.ts';
import { askHello } from './hello/ask-hello.ts';
import { type ProbeLimits, usualLimits } from './limits.ts';
import { dial, hangUp, type Line, type ProbeToken } from './line.ts';
import { createPatience } from './patience.ts';
import { type Clock, createTurns, systemClock } from './turns.ts';

export interface ProbeSenderOptions {
  readonly scanId: string;
  /** Version of Gatehouse, for the user agent. */
  readonly version: string;
  readonly vantage: Vantage;
  /** The allow-list: nothing but these addresses, ports and transports is ever contacted. */
  readonly doors: readonly Door[];
  /** What whoever runs Gatehouse lets it connect to, on top of that. */
  readonly guard?: AddressGuard | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Sent with requests that ask for it, to the API server alone; never written down. */
  readonly token?: ProbeToken | undefined;
  /** What differs from the usual limits. */
  readonly limits?: Partial<ProbeLimits> | undefined;
  /** Time for pacing; time-outs are always real. */
  readonly clock?: Clock | undefined;
}

const ask = (request: ProbeRequest, line: Line): Promise<ProbeAnswer> => {
  switch (request.is) {
    case 'http':
      return askHttp(request, line);
    case 'tls':
      return askTls(request, line);
    case 'hello':
      return askHello(request, line);
    case 'tcp':
      return askTcp(request, line);
    case 'udp':
      return askUdp(request, line);
  }
};

const knockAt = async (line: Line): Promise<DoorState | NoAnswer> => {
  const socket = await dial(line);
  if ('is' in socket) {
    if (socket.why === 'hung-up') return 'open';
    return socket.why === 'closed' || socket.why === 'filtered' ? socket.why : socket;
  }
  await hangUp(socket);
  return 'open';
};

/** Whether the name of the door goes over the wire. */
const sendsHost = (request: ProbeRequest | undefined): boolean =>
  request !== undefined && request.is !== 'udp' && !(request.is === 'tcp' && request.over === 'plain');

/** Nothing was sent, so the annex lists nothing. */
const wornOut = noAnswer('timed-out', 'not asked any more: what answers here has kept the scan waiting for too long');
const cancelled = noAnswer('cancelled', 'the scan was stopped');
const broke = (error: unknown): NoAnswer =>
  noAnswer('malformed', `it could not be sent as it is: ${error instanceof Error ? error.message : String(error)}`);

/** The one sender of probes; see `ProbeSender`. Needs nothing but Node: it also runs by itself inside a pod. */
export const createProbeSender = (options: ProbeSenderOptions): ProbeSender => {
  const { scanId, version, vantage, doors, guard, signal, token, clock = systemClock } = options;
  const limits = { ...usualLimits, ...options.limits };
  const allowed = createAllowedDoors(doors, vantage, guard);
  const turns = createTurns(limits, clock);
  const patience = createPatience(limits);
  const open = new Set<Ending>();
  const exchanges: { -readonly [key in keyof Exchange]: Exchange[key] }[] = [];
  let timedOut = 0;

  const close = (): void => {
    signal?.removeEventListener('abort', close);
    turns.end();
    for (const ending of open) ending.end(cancelled);
  };
  if (signal?.aborted) close();
  else signal?.addEventListener('abort', close, { once: true });

  const record = (door: Door, probe: string, request: ProbeRequest | undefined) => {
    const entry = {
      probe,
      endpoint: endpointText(door),
      ...(door.host !== undefined && sendsHost(request) ? { host: door.host } : {}),
      sent: request ? requestText(request) : 'TCP connect',
      answered: 'cancelled',
    };
    exchanges.push(entry);
    return entry;
  };
  /** One exchange in its turn and within its time. */
  const exchange = async <T>(door: Door, probe: string, work: (line: Line) => Promise<T>, begin: () => void): Promise<T | NoAnswer> => {
    const endTurn = await turns.take(plainAddress(door.address) ?? door.address);
    if (!endTurn) return cancelled;
    const ending = startEnding(limits.wholeMs);
    open.add(ending);
    try {
      begin();
      return await work({ door, limits, ending, token, userAgent: `gatehouse/${version} (scan ${scanId}; probe ${probe})` });
    } catch (error) {
      return broke(error);
    } finally {
      ending.clear();
      open.delete(ending);
      endTurn();
    }
  };

  return {
    exchanges,
    get timedOut() {
      return timedOut;
    },
    close,
    knock: async (door) => {
      if (allowed.whyNot(door) !== undefined) {
        record(door, 'knock', undefined).answered = 'forbidden';
        return 'forbidden';
      }
      if (door.transport === 'udp') return 'open';
      let entry: { answered: string } | undefined;
      const found = await exchange(door, 'knock', knockAt, () => {
        entry = record(door, 'knock', undefined);
      });
      if (entry) entry.answered = typeof found === 'string' ? found : answerText(found);
      if (typeof found === 'string') return found;
      // nobody looked: not to be mixed up with nobody who answered
      if (found.why === 'timed-out') return 'filtered';
      return found.why === 'cancelled' ? 'unasked' : 'unable';
    },
    send: async (door, request, probe) => {
      const why = allowed.whyNot(door, request);
      if (why !== undefined) {
        record(door, probe, request).answered = 'forbidden';
        return noAnswer('forbidden', `it ${why}`);
      }
      if (patience.isOver(door)) return wornOut;
      let entry: { answered: string } | undefined;
      let start = 0;
      const answer = await exchange(
        door,
        probe,
        (line) => ask(request, line),
        () => {
          entry = record(door, probe, request);
          start = performance.now();
        },
      );
      if (entry) patience.spend(door, performance.now() - start);
      if (entry) entry.answered = answerText(answer);
      // a datagram has no connection that could have stood
      if (answer.is === 'none' && answer.why === 'timed-out' && request.is !== 'udp') timedOut += 1;
      return answer;
    },
  };
};
