import { failed, type Result, succeed } from '../../core/failure.ts';
import { localAdminSubject, localIssuer, userIdOf } from '../../fleet/user-id.ts';
import { makeApiHandler } from '../../http/api-handler.ts';
import { createAuthenticator } from '../../http/authenticator.ts';
import { localAdmin, makeLocalToken } from '../../http/local-admin.ts';
import { type RunningServer, startServer } from '../../http/node-server.ts';
import { createOidc } from '../../http/oidc.ts';
import { remoteKeys } from '../../http/oidc-keys.ts';
import { createPipelineIdentity } from '../../http/pipeline-identity.ts';
import { ensureDefaults } from '../../service/default-project.ts';
import { answerHook } from '../../service/hooks/index.ts';
import { makeHandlers } from '../../service/index.ts';
import { dispatchDueScans } from '../../workflows/dispatch-due-scans.ts';
import { upkeep } from '../../workflows/upkeep/index.ts';
import type { Answer } from '../answer.ts';
import { styled, type Terminal } from '../terminal.ts';
import { downloadRoute } from './downloads.ts';
import { type LocalService, type LogLine, openLocalService } from './service.ts';
import { readSettings, type ServeFlags, type ServeSettings } from './settings.ts';
import { startTicker } from './ticker.ts';
import { upkeepPorts } from './upkeep.ts';

/** One line for each thing that happened: time, code, fields. For people in a terminal, and for whatever collects logs. */
const logTo =
  ({ err, now }: Terminal): LogLine =>
  (code, fields) => {
    const words = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${JSON.stringify(value)}`]));
    err(`${now()} ${code}${words.length > 0 ? ` ${words.join(' ')}` : ''}\n`);
  };

const isLoopbackHost = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

const listen = (service: LocalService, flags: ServeFlags, settings: ServeSettings, log: LogLine): Promise<Result<RunningServer>> => {
  const { ports, folder } = service;
  const { records, clock } = ports;
  const { signIn, admins } = settings;
  const handler = makeApiHandler({
    handlers: makeHandlers(ports, {
      issuer: signIn?.issuer ?? null,
      clientId: signIn?.clientId ?? null,
      scopes: signIn ? ['openid', 'profile', 'email'] : [],
    }),
    records,
    shortLived: ports.shortLived,
    clock,
    version: ports.version,
    authenticator: createAuthenticator({
      records,
      clock,
      admins: [localAdmin, ...admins],
      ...(signIn ? { oidc: createOidc({ issuers: [signIn], keysOf: remoteKeys(clock), clock }) } : {}),
      pipelines: createPipelineIdentity({ records, clock, keysOf: remoteKeys(clock, service.fetchDocument) }),
    }),
    hooks: (call) => answerHook(ports, call),
    log: (_level, code, fields) => log(code, fields),
  });
  return startServer({
    handler,
    clock,
    log: (_level, code, fields) => log(code, fields),
    host: flags.host,
    port: flags.port,
    hostNames: flags.hostName,
    rawRoutes: [downloadRoute(ports.objects, folder.linkSecret, clock)],
  });
};

/** The token of the first start, or the one that `--new-token` asks for. */
const firstToken = async ({ ports }: LocalService, isWanted: boolean): Promise<Result<string | undefined>> => {
  const owner = await ports.records.users.get(userIdOf(localIssuer, localAdminSubject));
  return owner && !isWanted ? succeed(undefined) : makeLocalToken(ports.records, ports.clock);
};

const greet = (terminal: Terminal, { data }: ServeFlags, { url }: RunningServer, token: string | undefined): void => {
  terminal.out(`\n  ${styled(terminal, 'bold', 'Gatehouse')} is at ${styled(terminal, 'cyan', url)}, with its data in ${data}\n`);
  if (token === undefined) terminal.out('  Your token was shown at the first start; `gatehouse serve --new-token` makes another one.\n');
  else
    terminal.out(
      `  Token of the local administrator, shown this once:\n\n      ${token}\n\n  Try: GATEHOUSE_TOKEN=… gatehouse clusters list --server ${url}\n`,
    );
  terminal.out('  Ctrl-C stops it; scans under way go on at the next start.\n\n');
};

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));

/** `gatehouse serve` */
export const serveCommand = async (flags: ServeFlags, terminal: Terminal): Promise<Answer> => {
  const settings = readSettings(flags);
  if (!settings.ok) return settings;
  if (!isLoopbackHost(flags.host) && flags.hostName.length === 0)
    return failed(
      'input-invalid',
      `Listening on ${flags.host} makes the service reachable for others; say under which name with --host-name, and put TLS before it.`,
    );
  const log = logTo(terminal);
  let url = '';
  const opened = await openLocalService(flags, settings.value, () => url, log);
  if (!opened.ok) return opened;
  const service = opened.value;
  try {
    const ready = await ensureDefaults(service.ports);
    if (!ready.ok) return ready;
    const token = await firstToken(service, flags.newToken === true);
    if (!token.ok) return token;
    const server = await listen(service, flags, settings.value, log);
    if (!server.ok) return server;
    url = server.value.url;
    greet(terminal, flags, server.value, token.value);
    service.engine.resume();
    const { records, starter, events } = service.ports;
    const keeping = upkeepPorts(service, log);
    const ticker = startTicker(
      async () => {
        const done = await dispatchDueScans({ records, starter, events, log }, terminal.now());
        if (done.started + done.missed + done.failed > 0) log('SCHEDULES_DISPATCHED', { ...done });
        await upkeep(keeping);
      },
      (error) => log('TICK_FAILED', { reason: error instanceof Error ? error.message : String(error) }),
    );
    await untilAborted(terminal.signal);
    await ticker.stop();
    await server.value.close();
    return { exit: 0 };
  } finally {
    await service.close();
  }
};
