import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api/server.ts';
import { createRandom, createValues } from '../../../test/support/api/values.ts';
import { makePki } from '../../../test/support/certificates.ts';
import { kubeconfigText } from '../../../test/support/kubeconfig.ts';
import { runCli } from '../../../test/support/run-cli.ts';
import { allRoutes, type RouteId } from '../../api/index.ts';
import type { Route } from '../../api/route.ts';
import { succeed } from '../../core/failure.ts';
import type { ScanRecord } from '../../fleet/scan.ts';
import { openApi } from '../../http/openapi.ts';
import type { Handlers } from '../../service/handler.ts';
import { buildProgram } from '../program.ts';
import { groups, signInSpecs } from './register.ts';

const scanId = '20261127T120000Z-cfg-0123456789abcdef';
/** Stands for a file that is made for the test. */
const own = 'KUBECONFIG';
const policyFile = 'POLICY';

/** Every operation of the API and the command line that reaches it: the compiler asks for one that is missing. */
const lines: Readonly<Record<RouteId, string>> = {
  'service.health': 'service health',
  'service.openapi': 'service openapi',
  'service.signIn': 'login --token -',
  'service.evidenceKey': 'service evidence-key',
  'me.get': 'whoami',
  'projects.list': 'projects list',
  'projects.create': 'projects create shop --reports-days 500',
  'projects.get': 'projects show default',
  'projects.update': 'projects update default --tag stage:test',
  'projects.delete': 'projects delete default',
  'teams.list': 'teams list --limit 5',
  'teams.create': 'teams create platform --group admins --project-role default=rol-0123456789ab',
  'teams.get': 'teams show tem-0123456789ab',
  'teams.update': 'teams update tem-0123456789ab --member usr-0123456789ab --no-roles',
  'teams.delete': 'teams delete tem-0123456789ab',
  'roles.list': 'roles list',
  'roles.create': 'roles create starter --permission scan.run',
  'roles.get': 'roles show rol-0123456789ab',
  'roles.update': 'roles update rol-0123456789ab --name other',
  'roles.delete': 'roles delete rol-0123456789ab',
  'users.list': 'users list',
  'users.create': 'users create Ada --issuer https://id.example.com --subject 12 --role rol-0123456789ab',
  'users.get': 'users show usr-0123456789ab',
  'users.update': 'users update usr-0123456789ab --name Ada',
  'users.delete': 'users delete usr-0123456789ab',
  'tokens.list': 'tokens list',
  'tokens.create': 'tokens create nightly --days 3 --role rol-0123456789ab',
  'tokens.revoke': 'tokens revoke tok-0123456789ab',
  'audit.list': 'audit list --outcome refused',
  'audit.listOfProject': 'audit list --project default --from 2026-11-01',
  'clusters.list': 'clusters list --removed',
  'clusters.create': `clusters add lab --kubeconfig ${own} --time-zone Europe/Zurich`,
  'clusters.get': 'clusters show cls-0123456789ab',
  'clusters.update': 'clusters update cls-0123456789ab --description x',
  'clusters.delete': 'clusters remove cls-0123456789ab --yes-remove cls-0123456789ab',
  'clusters.setCredentials': `clusters set-credentials cls-0123456789ab --kubeconfig ${own}`,
  'clusters.test': 'clusters test cls-0123456789ab',
  'clusters.kinds': 'clusters kinds cls-0123456789ab',
  'schedules.list': 'schedules list cls-0123456789ab',
  'schedules.get': 'schedules show cls-0123456789ab configuration',
  'schedules.set': 'schedules set cls-0123456789ab configuration --preset weekly --jitter 10 --pause',
  'schedules.delete': 'schedules remove cls-0123456789ab configuration',
  'schedules.preview': 'schedules preview cls-0123456789ab configuration --preset monthly',
  'scans.list': 'scans list cls-0123456789ab --kind configuration --state failed,skipped',
  'scans.run': 'scans run cls-0123456789ab --node-facts',
  'scans.get': `scans show cls-0123456789ab ${scanId}`,
  'scans.cancel': `scans cancel cls-0123456789ab ${scanId}`,
  'scans.delete': `scans delete cls-0123456789ab ${scanId}`,
  'scans.findings': `scans findings cls-0123456789ab ${scanId} --outcome fail --no-waived --changed new --vantage internal --certainty confirmed`,
  'scans.download': `scans download cls-0123456789ab ${scanId} --format pdf --out FOLDER`,
  'scans.compare': `scans compare cls-0123456789ab ${scanId} ${scanId}`,
  'gate.evaluate': 'gate --cluster prod-a --to v1.36.3 --max-evidence-age 24h --wait',
  'gate.get': 'evaluations show 20261127T233000Z-evl-0123456789abcdef',
  'gate.download': 'evaluations download cls-0123456789ab 20261127T233000Z-evl-0123456789abcdef --format pdf --out FOLDER',
  'gate.list': 'evaluations list cls-0123456789ab --verdict deny',
  'waivers.list': 'waivers list --state requested',
  'waivers.request': 'waivers request --check pods/* --reason why --owner me --expires 2027-01-31',
  'waivers.get': 'waivers show wvr-0123456789ab',
  'waivers.decide': 'waivers approve wvr-0123456789ab --reason fine',
  'waivers.withdraw': 'waivers withdraw wvr-0123456789ab',
  'policies.list': 'policies list',
  'policies.store': `policies store ${policyFile}`,
  'policies.get': 'policies show strict',
  'policies.getVersion': 'policies show strict --at 2',
  'policies.activate': 'policies activate strict 2',
  'policies.test': 'policies test strict --at 2 --evaluations 5',
  'policies.delete': 'policies delete strict',
  'overrides.list': 'overrides list --state approved',
  'overrides.request': 'overrides request cls-0123456789ab --to v1.36.3 --hours 8 --reason planned-with-the-shop',
  'overrides.get': 'overrides show ovr-0123456789ab',
  'overrides.decide': 'overrides approve ovr-0123456789ab --reason fine',
  'overrides.withdraw': 'overrides withdraw ovr-0123456789ab',
  'webhooks.list': 'webhooks list',
  'webhooks.create': 'webhooks create https://hooks.example.com/x --event scan.failed',
  'webhooks.get': 'webhooks show whk-0123456789ab',
  'webhooks.update': 'webhooks update whk-0123456789ab --no-active',
  'webhooks.delete': 'webhooks delete whk-0123456789ab',
  'webhooks.rotateSecret': 'webhooks rotate-secret whk-0123456789ab',
  'webhooks.endOldSecret': 'webhooks end-old-secret whk-0123456789ab',
  'webhooks.test': 'webhooks test whk-0123456789ab',
  'pipelines.listConnections': 'connections list',
  'pipelines.createConnection': 'connections create ci --system webhook --cluster prod-a --host ci.example.com',
  'pipelines.getConnection': 'connections show con-0123456789ab',
  'pipelines.updateConnection': 'connections update con-0123456789ab --no-active',
  'pipelines.deleteConnection': 'connections delete con-0123456789ab',
  'pipelines.replaceSecret': 'connections replace-secret con-0123456789ab',
  'pipelines.endOldSecret': 'connections end-old-secret con-0123456789ab',
  'pipelines.setCredential': `connections set-credential con-0123456789ab ${own}`,
  'pipelines.listTrustRules': 'trust list',
  'pipelines.createTrustRule':
    'trust create fleet --system gitlab --audience https://gate.example.com --repository-id 3141 --claim ref=main --cluster prod-a',
  'pipelines.getTrustRule': 'trust show tru-0123456789ab',
  'pipelines.deleteTrustRule': 'trust delete tru-0123456789ab',
};

const document = await openApi('1');
const make = createValues(document.components.schemas as never, createRandom(11));
type Operation = {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: never }>> }>>;
};
/** Something that the route might answer. What JSON Schema cannot say is tried until it fits. */
const answerOf = async (route: Route): Promise<unknown> => {
  const { path, method, status } = route;
  const operation = (document.paths as unknown as Record<string, Record<string, Operation>>)[path]?.[method.toLowerCase()];
  const schema = operation?.responses[String(status)]?.content?.['application/json']?.schema;
  if (schema === undefined) return undefined;
  const { answer } = await route.schemas();
  for (let tries = 0; tries < 500; tries++) {
    const made = make(schema);
    if (answer?.safeParse(made).success) return made;
  }
  throw new Error(`no answer was found for ${path}`);
};

let api: TestApi;
let token: string;
let files: Server;
let folder: string;
let reached: RouteId[] = [];
let lastQuery: unknown;
const bytes = Buffer.from('%PDF-1.7');
const sha256 = createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  files = createServer((_request, response) => void response.end(bytes));
  await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(files.address() as AddressInfo).port}/report.pdf`;
  const artefact = { name: 'report.pdf', key: 'a/report.pdf', versionId: '1', sha256, size: bytes.length, contentType: 'application/pdf' };
  const evaluation = {
    id: '20261127T233000Z-evl-0123456789abcdef',
    projectId: 'default',
    clusterId: 'cls-0123456789ab',
    clusterName: 'prod-a',
    state: 'decided',
    request: {
      cluster: 'cls-0123456789ab',
      action: 'upgrade',
      target: { kubernetesVersion: 'v1.36.3' },
      idempotencyKey: 'k',
      source: { system: 'api' },
    },
    requestedBy: { type: 'person', id: 'usr-0123456789ab', name: 'Ada' },
    requestedAt: '2026-11-27T23:30:00.000Z',
    verdict: 'allow',
    allowed: true,
    summary: 'Allowed.',
  };
  const change: Partial<Record<RouteId, (made: object) => object>> = {
    'scans.get': (made) => ({ ...(made as ScanRecord), artefacts: [artefact] }),
    'scans.download': (made) => ({ ...made, url, sha256, size: bytes.length }),
    'policies.test': (made) => ({ ...made, items: [] }),
    'gate.evaluate': (made) => ({ ...made, verdict: 'allow' }),
    'gate.get': (made) => ({ ...made, verdict: 'warn' }),
    'gate.download': (made) => ({ ...made, url, sha256, size: bytes.length }),
    'gate.list': (made) => ({ ...made, items: [{ ...evaluation, artefacts: [{ ...artefact, name: 'evaluation.pdf' }] }], next: undefined }),
    'webhooks.test': (made) => ({ ...made, isSucceeded: true }),
    'service.signIn': () => ({ issuer: null, clientId: null, scopes: [] }),
  };
  const handlers = Object.fromEntries(
    allRoutes.map(([id, route]) => [
      id,
      async (input: { readonly query?: unknown }) => {
        reached.push(id);
        lastQuery = input.query;
        const made = (await answerOf(route)) as object;
        return succeed({ body: change[id]?.(made) ?? made, revision: 3 });
      },
    ]),
  ) as unknown as Handlers;
  api = await startApi({ handlers });
  token = await api.adminToken();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-routes-'));
  await writeFile(join(folder, 'policy.yaml'), 'kind: GatePolicy');
  await writeFile(join(folder, 'config'), kubeconfigText(await makePki(), 'https://10.0.0.1:6443'));
});
afterAll(async () => {
  files.close();
  await api.close();
  await rm(folder, { recursive: true });
});

const run = (line: string) => {
  const stands: Readonly<Record<string, string>> = { [own]: 'config', [policyFile]: 'policy.yaml', FOLDER: 'out' };
  const args = line.split(' ').map((word) => (stands[word] === undefined ? word : join(folder, stands[word])));
  const env = { HOME: folder, GATEHOUSE_SERVER: api.url, GATEHOUSE_TOKEN: token };
  return runCli(args, { env, now: api.clock.now, readInput: async () => token });
};

describe('every operation of the API', () => {
  it.each(allRoutes.filter(([id]) => id !== 'service.openapi'))('%s is reached by a command', async (id) => {
    reached = [];
    const ran = await run(lines[id]);
    expect(ran.err.split('\n').filter((text) => text.startsWith('gatehouse: ') && !text.includes('NOTE'))).toEqual([]);
    expect(ran.exit).toBe(0);
    expect(reached).toContain(id);
    expect(ran.out).not.toContain(token);
  });

  it('is asked with the filters of findings that stand on the command line', async () => {
    await run(lines['scans.findings']);
    expect(lastQuery).toMatchObject({ outcome: ['fail'], waived: false, changed: 'new', vantage: ['internal'], certainty: ['confirmed'] });
  });

  it('answers its own description', async () => {
    const ran = await run(lines['service.openapi']);
    expect(JSON.parse(ran.out)).toMatchObject({ openapi: '3.1.0' });
  });

  it('is named by the command that is there for it', () => {
    const named = new Set([...signInSpecs, ...groups.flatMap(({ specs }) => specs)].flatMap(({ routes }) => routes));
    expect(allRoutes.map(([id]) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});

/** The words of an example, as a shell would take them apart; what follows in the same line is not ours. */
const wordsOf = (example: string): readonly string[] => {
  const [own = ''] = example.split(/ (?:&&|[<>]) /);
  return [...own.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
};

describe('every command', () => {
  const all = [
    ...signInSpecs.map((spec) => ({ spec, words: spec.name })),
    ...groups.flatMap(({ name, specs }) => specs.map((spec) => ({ spec, words: `${name} ${spec.name}` }))),
  ];
  it.each(all)('$words has examples that it takes', async ({ spec, words }) => {
    expect(spec.examples?.length).toBeGreaterThan(0);
    for (const example of spec.examples ?? []) {
      expect(`${example} `).toContain(`${words} `);
      let loaded: unknown;
      const program = buildProgram('0', async (load) => {
        loaded = await load();
      });
      await program.parseAsync([...wordsOf(example)], { from: 'user' });
      expect(loaded).toBeTypeOf('function');
      expect(loaded).toBe(await spec.load());
    }
  });
});
