import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../../package.json' with { type: 'json' };
import { failed, type Result, succeed } from '../../core/failure.ts';
import { timeOf } from '../../core/time.ts';
import type { Terminal } from '../terminal.ts';
import { type Client, type Credential, createClient } from './client.ts';
import { keepCredential, readCredentials, type StoredCredential } from './credential-file.ts';
import { serverOf } from './http/address.ts';
import type { Pause } from './http/repeat.ts';
import { createTransport, readAuthority, type Transport } from './http/transport.ts';

/** Options of every command that talks to a service. */
export interface RemoteFlags {
  readonly server?: string;
  readonly caFile?: string;
  /** Seconds. */
  readonly requestTimeout?: number;
}
/** Options of commands that print something. */
export interface PrintFlags extends RemoteFlags {
  readonly json?: boolean;
}

/** A connection to one service. */
export interface Session {
  readonly server: string;
  readonly client: Client;
  readonly transport: Transport;
  /** What is kept for it; undefined with a token from the environment, and before the first sign-in. */
  readonly stored: StoredCredential | undefined;
  readonly pause: Pause;
  close(): void;
}

/** A credential this close to its end, in milliseconds, is renewed before it is used. */
const margin = 60_000;

const pauseOf =
  (signal: AbortSignal): Pause =>
  (ms) =>
    wait(ms, true, { signal }).catch(() => false);

/** The service that is meant: named, or the only one that there are credentials for. */
const chooseServer = async ({ server }: RemoteFlags, env: Terminal['env']): Promise<Result<string>> => {
  const named = server ?? env.GATEHOUSE_SERVER;
  if (named !== undefined && named !== '') return serverOf(named);
  const kept = await readCredentials(env);
  if (!kept.ok) return kept;
  const servers = Object.keys(kept.value);
  const [only] = servers;
  if (only !== undefined && servers.length === 1) return succeed(only);
  const choice = servers.length > 1 ? `one of ${servers.join(', ')}` : 'the address of the service, e.g. https://gatehouse.example.com';
  return failed('input-invalid', `Which service? Name it with --server or GATEHOUSE_SERVER: ${choice}.`);
};

const renewStored = async (
  terminal: Terminal,
  { server, transport }: Pick<Session, 'server' | 'transport'>,
  used: string,
): Promise<Result<string | undefined>> => {
  const kept = await readCredentials(terminal.env);
  if (!kept.ok) return kept;
  const there = kept.value[server];
  // a command beside this one renewed it meanwhile
  if (there && there.token !== used) return succeed(there.token);
  if (!there?.renewal) return succeed(undefined);
  const { refresh } = await import('./sign-in/refresh.ts');
  const renewed = await refresh(there, transport, terminal.now());
  if (!renewed.ok) {
    const again = await readCredentials(terminal.env);
    const other = again.ok ? again.value[server] : undefined;
    return other && other.token !== used ? succeed(other.token) : renewed;
  }
  const stored = await keepCredential(terminal.env, server, renewed.value);
  return stored.ok ? succeed(renewed.value.token) : stored;
};

const credentialOf = (terminal: Terminal, of: Pick<Session, 'server' | 'transport' | 'stored'>): Credential => {
  const { env } = terminal;
  const given = env.GATEHOUSE_TOKEN?.trim();
  if (given) return { current: async () => succeed(given), renew: async () => succeed(undefined) };
  let token = of.stored?.token;
  const renew = async (used: string) => {
    const renewed = await renewStored(terminal, of, used);
    if (renewed.ok) token = renewed.value ?? token;
    return renewed;
  };
  const current = async (): Promise<Result<string | undefined>> => {
    if (token === undefined)
      return failed(
        'credential-refused',
        `You are not signed in at ${of.server}: run gatehouse login --server ${of.server}, or set GATEHOUSE_TOKEN.`,
      );
    const { expiresAt, renewal } = of.stored ?? {};
    const isOld = token === of.stored?.token && renewal && expiresAt !== undefined && timeOf(expiresAt) - margin < timeOf(terminal.now());
    if (!isOld) return succeed(token);
    const renewed = await renew(token);
    return renewed.ok ? succeed(renewed.value ?? token) : renewed;
  };
  return { current, renew };
};

/** `token`: asks with this one and nothing else, to try it. */
export const openSession = async (flags: RemoteFlags, terminal: Terminal, token?: string): Promise<Result<Session>> => {
  const { env, signal } = terminal;
  const server = await chooseServer(flags, env);
  if (!server.ok) return server;
  // a file that others can read matters only where it is used
  const usesFile = token === undefined && !env.GATEHOUSE_TOKEN?.trim();
  const kept = usesFile ? await readCredentials(env) : succeed({} as Awaited<Record<string, StoredCredential>>);
  if (!kept.ok) return kept;
  const stored = kept.value[server.value];
  const ca = await readAuthority(flags.caFile ?? env.GATEHOUSE_CA_FILE ?? stored?.caFile);
  if (!ca.ok) return ca;
  const transport = createTransport({ env, signal, timeoutMs: 1000 * (flags.requestTimeout ?? 30), ca: ca.value });
  const pause = pauseOf(signal);
  const of = { server: server.value, transport, stored };
  const credential: Credential =
    token === undefined ? credentialOf(terminal, of) : { current: async () => succeed(token), renew: async () => succeed(undefined) };
  const client = createClient({ server: server.value, transport, credential, version: manifest.version, pause });
  return succeed({ ...of, client, pause, close: () => transport.close() });
};

/** Opens a session, does something in it and closes it. */
export const withSession = async <T>(
  flags: RemoteFlags,
  terminal: Terminal,
  use: (session: Session) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const session = await openSession(flags, terminal);
  if (!session.ok) return session;
  try {
    return await use(session.value);
  } finally {
    session.value.close();
  }
};
