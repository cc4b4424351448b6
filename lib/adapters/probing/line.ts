import { once } from 'node:events';
import net from 'node:net';
import type { Door, NoAnswer } from '../../core/probing/index.ts';
import { type Ending, noAnswer, seconds, type WaitLimits, waitFor } from './ending.ts';
import type { ProbeLimits } from './limits.ts';

/** The token of an account whose rights are to be tried, and how the API server proves that it is the one that may see it. */
export interface ProbeToken {
  readonly value: string;
  /** PEM certificates that its own must lead to; those of the system without. */
  readonly authorities: string | readonly string[] | undefined;
}

/** What one exchange has: a door, its limits, its end. */
export interface Line {
  readonly door: Door;
  readonly limits: ProbeLimits;
  readonly ending: Ending;
  readonly userAgent: string;
  readonly token?: ProbeToken | undefined;
}

const ignore = (): void => {};

/** Sockets are connected to addresses only, so this is never asked; if it ever is, it answers nothing. */
const resolveNothing: net.LookupFunction = (host, _options, callback) =>
  callback(Object.assign(new Error(`${host} is not resolved`), { code: 'ENOTFOUND' }), '');

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.name);

/** Faults of this machine: no socket, no memory, no port of its own, no network, no permission, no such family of addresses. They say nothing of the other side. */
const localFaults: ReadonlySet<string> = new Set(
  'EMFILE ENFILE ENOBUFS ENOMEM EADDRNOTAVAIL EADDRINUSE ENETDOWN EACCES EPERM EAFNOSUPPORT EINVAL'.split(' '),
);

/** A refusal is somebody who says no; a reset comes once the connection stood already; a fault of this machine is nobody who asked; everything else is nobody who answers. */
export const noConnection = (error: Error): NoAnswer => {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return noAnswer('closed', 'refused');
  if (localFaults.has(code)) return noAnswer('local-fault', code);
  return code === 'ECONNRESET' ? noAnswer('hung-up', 'accepted and reset') : noAnswer('filtered', code);
};

/** A port of this machine can connect to itself when it happens to be chosen for the near end; nobody listens there. */
const isItself = (socket: net.Socket): boolean => socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;

/** Connects, or says `closed`, `filtered`, or `hung-up` where the connection stood for a moment. */
export const dial = async ({ door, limits, ending }: Line): Promise<net.Socket | NoAnswer> => {
  const { address, port } = door;
  const socket = net.connect({ host: address, port, autoSelectFamily: false, noDelay: true, lookup: resolveNothing });
  // whoever hears an error last has left long ago
  socket.on('error', ignore);
  const late = noAnswer('filtered', `no answer within ${seconds(limits.connectMs)}`);
  const connected = await waitFor<net.Socket>({ ending, withinMs: limits.connectMs, late }, ({ settle }) => {
    socket.once('connect', () => settle(isItself(socket) ? noAnswer('closed', 'refused') : socket));
    socket.once('error', (error) => settle(noConnection(error)));
  });
  if (!(connected instanceof net.Socket)) await hangUp(socket);
  return connected;
};

/** Closes a socket and waits until it is: only then does it no longer count. */
export const hangUp = async (socket: net.Socket): Promise<void> => {
  if (socket.closed) return;
  const closed = once(socket, 'close').catch(ignore);
  socket.destroy();
  await closed;
};

/** Limits of waiting for an answer on a connection that stands. */
export const answerLimits = ({ limits, ending }: Line): WaitLimits => ({
  ending,
  withinMs: limits.answerMs,
  late: noAnswer('timed-out', `no answer within ${seconds(limits.answerMs)}`),
});

/** Talks on a connection of its own and closes it whatever happens. */
export const onConnection = async <T>(line: Line, talk: (socket: net.Socket) => Promise<T | NoAnswer>): Promise<T | NoAnswer> => {
  const socket = await dial(line);
  if (!(socket instanceof net.Socket)) return socket;
  try {
    return await talk(socket);
  } finally {
    await hangUp(socket);
  }
};
