import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../lib/adapters/local/system-clock.ts';
import { makeRuleThread } from '../../lib/adapters/rules/rule-runner.ts';
import { downloadRoute } from '../../lib/cli/serve/downloads.ts';
import { openDataFolder } from '../../lib/cli/serve/folder.ts';
import type { Terminal } from '../../lib/cli/terminal.ts';
import { failed, succeed } from '../../lib/core/failure.ts';
import type { Artefact, ScanRecord } from '../../lib/fleet/scan.ts';
import { makeApiHandler } from '../../lib/http/api-handler.ts';
import { createAuthenticator } from '../../lib/http/authenticator.ts';
import { localAdmin, makeLocalToken } from '../../lib/http/local-admin.ts';
import { startServer } from '../../lib/http/node-server.ts';
import { createOidc } from '../../lib/http/oidc.ts';
import { remoteKeys } from '../../lib/http/oidc-keys.ts';
import { isEvaluationRun, type ScanRun } from '../../lib/ports/scan-starter.ts';
import { createRecords } from '../../lib/records/index.ts';
import { buildManifest } from '../../lib/reports/evidence/manifest.ts';
import { signatureBytes } from '../../lib/reports/evidence/signature.ts';
import { ensureDefaults } from '../../lib/service/default-project.ts';
import type { ServicePorts } from '../../lib/service/handler.ts';
import { makeHandlers } from '../../lib/service/index.ts';
import { must } from './answers.ts';
import { type Ran, runCli } from './run-cli.ts';

export interface RemoteOptions {
  /** Issuer that people sign in with; audience and client id are `gatehouse`. */
  readonly issuer?: string;
  readonly admin?: string;
  /** Called when a scan is started. */
  readonly started?: (run: ScanRun) => void;
}

const unreachable = failed('cluster-unreachable', 'The cluster does not answer; look at the network.');

/** The real service on loopback over a data folder, with clusters that nobody can reach, and a command line that talks to it. */
export const startRemoteService = async ({ issuer, admin, started }: RemoteOptions = {}) => {
  const base = await mkdtemp(join(tmpdir(), 'gatehouse-remote-'));
  const clock = systemClock;
  let url = '';
  const folder = must(await openDataFolder(join(base, 'data'), clock, () => url));
  const records = createRecords(folder.core);
  const thread = makeRuleThread();
  const ports: ServicePorts = {
    ...folder,
    version: '9.9.9',
    records,
    clock,
    events: { publish: async () => undefined } as never,
    connector: {
      examine: async () => succeed({ server: 'https://10.0.0.1:6443', clusterName: 'lab', credential: 'client certificate' }),
      connect: async () => unreachable,
    },
    starter: {
      start: async (run) => {
        if (!isEvaluationRun(run)) started?.(run);
        return succeed(undefined);
      },
    },
    webhooks: {
      examine: async () => succeed(undefined),
      test: async () => succeed({ eventId: 'evt-1', isSucceeded: false, message: 'It answered 500.', time: clock.now(), tries: 1 }),
    },
    rules: thread.run,
  };
  must(await ensureDefaults(ports));
  const token = must(await makeLocalToken(records, clock));
  const signIn = { issuer: issuer ?? null, clientId: issuer === undefined ? null : 'gatehouse', scopes: ['openid', 'profile'] };
  const oidc = issuer && createOidc({ issuers: [{ issuer, audience: 'gatehouse' }], keysOf: remoteKeys(clock), clock });
  const handler = makeApiHandler({
    handlers: makeHandlers(ports, signIn),
    records,
    shortLived: folder.shortLived,
    clock,
    version: '9.9.9',
    authenticator: createAuthenticator({
      records,
      clock,
      admins: [localAdmin, ...(issuer && admin ? [{ issuer, subject: admin }] : [])],
      ...(oidc ? { oidc } : {}),
    }),
    log: () => undefined,
  });
  const rawRoutes = [downloadRoute(ports.objects, folder.linkSecret, clock)];
  const server = must(await startServer({ handler, clock, log: () => undefined, port: 0, rawRoutes }));
  url = server.url;
  const env = { HOME: base, TZ: 'Europe/Zurich', GATEHOUSE_SERVER: url };
  const now = () => new Date().toISOString();
  return {
    url,
    token,
    base,
    ports,
    env,
    /** Runs a command line as the local administrator. */
    cli: (args: readonly string[], change: Partial<Terminal> = {}): Promise<Ran> =>
      runCli(args, { env: { ...env, GATEHOUSE_TOKEN: token }, now, ...change }),
    close: async () => {
      await server.close();
      await thread.close();
      folder.database.close();
      await rm(base, { recursive: true });
    },
  };
};
export type RemoteService = Awaited<ReturnType<typeof startRemoteService>>;

/** Puts a completed and sealed scan into the service, as a run would. */
export const addSealedScan = async (
  { ports }: RemoteService,
  clusterId: string,
  files: Readonly<Record<string, string>>,
): Promise<ScanRecord> => {
  const id = '20261127T020000Z-cfg-0000000000000001';
  const place = `projects/default/clusters/${clusterId}/scans/configuration/${id}`;
  const keep = async (name: string, bytes: Uint8Array): Promise<Artefact> => ({
    name,
    ...must(await ports.objects.putIfAbsent(`${place}/${name}`, bytes, { contentType: 'application/octet-stream' })),
  });
  const artefacts: Artefact[] = [];
  for (const [name, text] of Object.entries(files)) artefacts.push(await keep(name, Buffer.from(text)));
  const actor = { type: 'person' as const, id: 'usr-0123456789ab', name: 'Ada' };
  const times = { startedAt: '2026-11-27T02:00:01.000Z', endedAt: '2026-11-27T02:00:02.000Z' };
  const { bytes } = buildManifest({
    previous: null,
    project: { id: 'default' },
    cluster: { id: clusterId, name: 'production' },
    scan: { id, kind: 'configuration', state: 'completed', ...times },
    trigger: { type: 'person', actor },
    versions: { tool: '9.9.9' },
    artefacts,
    sealedAt: '2026-11-27T02:00:03.000Z',
  });
  const manifest = await keep('manifest.json', bytes);
  const signature = await keep('manifest.sig.json', signatureBytes(must(await ports.signer.sign(bytes))));
  const scan: ScanRecord = {
    id,
    projectId: 'default',
    clusterId,
    kind: 'configuration',
    state: 'completed',
    trigger: { type: 'person', actor },
    options: { nodeFacts: false },
    queuedAt: '2026-11-27T02:00:00.000Z',
    ...times,
    failed: { high: 2 },
    artefacts: [...artefacts, signature],
    manifest: { ...manifest, sequence: 1 },
  };
  must(await ports.records.scans.create(scan));
  return scan;
};
