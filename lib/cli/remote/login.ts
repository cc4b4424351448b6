import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type Failure, failed, type Result, succeed } from '../../core/failure.ts';
import type { Answer } from '../answer.ts';
import type { Terminal } from '../terminal.ts';
import { credentialPath, keepCredential, type StoredCredential } from './credential-file.ts';
import { plain } from './http/problem.ts';
import { openSession, type RemoteFlags, type Session } from './session.ts';

export interface LoginFlags extends RemoteFlags {
  /** `-`: standard input. */
  readonly token?: '-';
  readonly browser?: boolean;
  /** Seconds that the person may take. */
  readonly patience: number;
  readonly port?: number;
}

/** Starts the browser; whether it came up is for the person to see. */
const openBrowser = (address: string): void => {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  const started = spawn(command as string, [...args, address], { stdio: 'ignore', detached: true });
  started.on('error', () => undefined);
  started.unref();
};

const readToken = async (terminal: Terminal): Promise<Result<StoredCredential>> => {
  const token = (await terminal.readInput?.('Token: '))?.trim() ?? '';
  if (terminal.signal.aborted) return failed('cancelled', 'Stopped; nothing was stored.');
  if (/^[A-Za-z0-9._~+/=-]{1,16384}$/.test(token)) return succeed({ token });
  return failed('input-invalid', 'That is no token; type it, or give it on standard input: gatehouse login --token - < file');
};

type SignInAt = { readonly issuer: string; readonly clientId: string; readonly scopes: readonly string[] };

/** Signs a person in at the issuer, by code or by browser, and answers what the service might take. */
const signIn = async (
  flags: LoginFlags,
  terminal: Terminal,
  session: Session,
  at: SignInAt,
): Promise<Result<readonly StoredCredential[]>> => {
  const { discover } = await import('./sign-in/issuer.ts');
  const { candidatesOf } = await import('./sign-in/tokens.ts');
  const { transport, pause } = session;
  const issuer = await discover(at.issuer, at.clientId, transport);
  if (!issuer.ok) return issuer;
  const { device, authorization } = issuer.value;
  const shared = { issuer: issuer.value, scopes: at.scopes, transport, patience: flags.patience };
  const byDevice = async (endpoint: URL) =>
    (await import('./sign-in/device.ts')).signInByDevice(
      {
        ...shared,
        pause,
        show: (address, code, complete) => {
          terminal.err(`Open ${address} in a browser and enter the code ${code}\n${complete ? `or open ${complete}\n` : ''}`);
          if (flags.browser) openBrowser(complete ?? address);
        },
      },
      endpoint,
    );
  const byBrowser = async (endpoint: URL) =>
    (await import('./sign-in/browser.ts')).signInByBrowser(
      {
        ...shared,
        signal: terminal.signal,
        port: flags.port ?? 0,
        show: (address) => {
          terminal.err(`Open this address in a browser on this machine and sign in:\n${address}\n`);
          if (flags.browser) openBrowser(address);
        },
      },
      endpoint,
    );
  // --port is about the way with a browser of this machine
  const tokens =
    device && flags.port === undefined
      ? await byDevice(device)
      : authorization
        ? await byBrowser(authorization)
        : failed(
            'version-unsupported',
            `The identity provider ${at.issuer} offers no way to sign in from a terminal; use an API token: gatehouse login --token -`,
          );
  if (!tokens.ok) return tokens;
  const candidates = candidatesOf(tokens.value, issuer.value, terminal.now());
  return candidates.length > 0
    ? succeed(candidates)
    : failed('answer-invalid', `The identity provider ${at.issuer} gave no token that says who you are; tell whoever runs the service.`);
};

const obtain = async (flags: LoginFlags, terminal: Terminal, session: Session): Promise<Result<readonly StoredCredential[]>> => {
  const how = await session.client.call('service.signIn');
  if (!how.ok) return how;
  const { issuer, clientId, scopes } = how.value.body;
  if (flags.token === undefined && issuer !== null && clientId !== null)
    return signIn(flags, terminal, session, { issuer, clientId, scopes });
  const token = await readToken(terminal);
  return token.ok ? succeed([token.value]) : token;
};

/** The first credential that the service takes, and whose it is. */
const tryOut = async (
  flags: LoginFlags,
  terminal: Terminal,
  candidates: readonly StoredCredential[],
): Promise<Result<{ readonly credential: StoredCredential; readonly name: string }>> => {
  let last: Failure = { code: 'credential-refused', say: 'There was nothing to sign in with.' };
  for (const credential of candidates) {
    const trial = await openSession(flags, terminal, credential.token);
    if (!trial.ok) return trial;
    const me = await trial.value.client.call('me.get');
    trial.value.close();
    if (me.ok) return succeed({ credential, name: me.value.body.actor.name });
    last = me.failure;
    if (last.code !== 'credential-refused') break;
  }
  return { ok: false, failure: last };
};

/** `gatehouse login`: finds out how people sign in there, does it, tries what came of it, and keeps it. */
export const loginCommand = async (flags: LoginFlags, terminal: Terminal): Promise<Answer> => {
  // without a credential: the old one may be what is wrong
  const session = await openSession(flags, terminal, '');
  if (!session.ok) return session;
  try {
    const { server } = session.value;
    const candidates = await obtain(flags, terminal, session.value);
    if (!candidates.ok) return candidates;
    const taken = await tryOut({ ...flags, server }, terminal, candidates.value);
    if (!taken.ok) return taken;
    const { credential, name } = taken.value;
    const caFile = flags.caFile ?? session.value.stored?.caFile;
    const kept = await keepCredential(terminal.env, server, {
      ...credential,
      ...(caFile === undefined ? {} : { caFile: resolve(caFile) }),
    });
    if (!kept.ok) return kept;
    terminal.out(`Signed in at ${server} as ${plain(name)}.\n`);
    if (terminal.env.GATEHOUSE_TOKEN) terminal.err('gatehouse: NOTE: GATEHOUSE_TOKEN is set, and commands use that token instead.\n');
    return { exit: 0 };
  } finally {
    session.value.close();
  }
};

/** `gatehouse logout`: forgets the credential, and tells the issuer. */
export const logoutCommand = async (flags: RemoteFlags, terminal: Terminal): Promise<Answer> => {
  const env = { ...terminal.env, GATEHOUSE_TOKEN: undefined };
  const session = await openSession(flags, { ...terminal, env });
  if (!session.ok) return session;
  const { server, stored, transport, close } = session.value;
  try {
    if (!stored) {
      terminal.out(`You were not signed in at ${server}.\n`);
      return { exit: 0 };
    }
    const kept = await keepCredential(terminal.env, server, undefined);
    if (!kept.ok) return kept;
    const isRevoked = stored.renewal && (await (await import('./sign-in/refresh.ts')).revoke(stored, transport));
    terminal.out(`Signed out at ${server}: its credential is gone from ${credentialPath(terminal.env)}.\n`);
    if (!stored.renewal) terminal.err('The API token itself still works elsewhere; end it with gatehouse tokens revoke.\n');
    else if (!isRevoked) terminal.err('The identity provider was not told; what it gave ends by itself.\n');
    return { exit: 0 };
  } finally {
    close();
  }
};
