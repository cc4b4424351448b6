import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must } from '../../test/support/answers.ts';
import { allMighty, callOf, createServicePorts, type TestService } from '../../test/support/service.ts';
import { type ConnectionRequest, connectionSecret } from '../fleet/connection.ts';
import { partitions } from '../records/index.ts';
import { ensureDefaults } from './default-project.ts';
import { pipelinesHandlers } from './pipelines.ts';
import { projectsHandlers } from './projects.ts';

const pem = (type: 'rsa' | 'ec') =>
  (type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
const rsa = pem('rsa');

let service: TestService;
let handlers: ReturnType<typeof pipelinesHandlers>;
beforeEach(async () => {
  service = createServicePorts();
  handlers = pipelinesHandlers(service.ports);
  must(await ensureDefaults(service.ports));
});
afterEach(() => service.close());

const github: ConnectionRequest = {
  name: 'main',
  settings: { system: 'github', apiBase: 'https://api.github.com', appId: '123456' },
  rules: [{ system: 'github', from: '700100200', cluster: 'prod-a' }],
  active: true,
  credential: rsa,
};
const create = (change: Partial<ConnectionRequest> = {}, projectId = 'default') =>
  handlers['pipelines.createConnection'](
    callOf<'pipelines.createConnection'>(allMighty, { params: { projectId }, body: { ...github, ...change } }),
  );
const of = (connectionId: string) => ({ params: { projectId: 'default', connectionId } });
const get = (id: string) => handlers['pipelines.getConnection'](callOf<'pipelines.getConnection'>(allMighty, of(id)));
const update = (id: string, body: object, ifMatch = 1) =>
  handlers['pipelines.updateConnection'](callOf<'pipelines.updateConnection'>(allMighty, { ...of(id), body }, ifMatch));
const setCredential = (id: string, credential: string) =>
  handlers['pipelines.setCredential'](callOf<'pipelines.setCredential'>(allMighty, { ...of(id), body: { credential } }));

describe('a connection', () => {
  it('shows its secret once, keeps it and the credential apart, and says where it is called', async () => {
    const { body } = must(await create());
    expect(body).toMatchObject({ hook: `/v1/hooks/github/${body.id}`, hasCredential: true, secret: expect.stringMatching(/^whsec_/) });
    expect(service.secrets.get(connectionSecret(body.id, 'secret'))).toBe(body.secret);
    expect(service.secrets.get(connectionSecret(body.id, 'credential'))).toBe(rsa);
    expect(JSON.stringify(must(await get(body.id)))).not.toMatch(/whsec_|PRIVATE KEY/);
    const stored = await service.ports.records.connections.get({ projectId: 'default', id: body.id });
    expect(JSON.stringify(stored)).not.toMatch(/whsec_|PRIVATE KEY/);
  });
  it.each([
    ['leads where nothing may be sent', { settings: { system: 'github', apiBase: 'https://forbidden.example', appId: '1' } }],
    ['has the rule of another system', { rules: [{ system: 'gitlab', from: '1', cluster: 'prod-a' }] }],
    ['has a credential that is no key', { credential: 'no private key at all' }],
    ['has a key of another kind', { credential: pem('ec') }],
    ['has a credential that nobody needs', { settings: { system: 'tekton' }, rules: [] }],
    [
      'is a webhook with a secret that cannot sign',
      { settings: { system: 'webhook', clusters: ['a'], hosts: [] }, rules: [], credential: undefined, secret: 'just-some-secret' },
    ],
  ] as const)('is refused that %s, and leaves nothing behind', async (_what, change) => {
    const body = Object.fromEntries(Object.entries({ ...github, ...change }).filter(([, value]) => value !== undefined));
    const call = callOf<'pipelines.createConnection'>(allMighty, { params: { projectId: 'default' }, body: body as ConnectionRequest });
    expect(codeOf(await handlers['pipelines.createConnection'](call))).toBe('input-invalid');
    expect(service.secrets.size).toBe(0);
  });
  it('has a name of its own in its project, and stays to its system', async () => {
    const { body } = must(await create());
    const before = service.secrets.size;
    expect(codeOf(await create({ name: 'MAIN' }))).toBe('conflict');
    expect(service.secrets.size).toBe(before);
    expect(codeOf(await update(body.id, { settings: { system: 'tekton' } }))).toBe('input-invalid');
    expect(must(await update(body.id, { name: 'other', active: false })).body).toMatchObject({ name: 'other', active: false });
    expect(codeOf(await update(body.id, { active: true }, 1))).toBe('conflict');
    expect(codeOf(await create())).toBe('ok');
  });
  it('takes another credential', async () => {
    const { body } = must(await create());
    const another = pem('rsa');
    expect(codeOf(await setCredential(body.id, 'nothing of that kind'))).toBe('input-invalid');
    expect(codeOf(await setCredential(body.id, another))).toBe('ok');
    expect(service.secrets.get(connectionSecret(body.id, 'credential'))).toBe(another);
  });
  it('is deleted with its secrets and its address', async () => {
    const { body } = must(await create());
    const call = callOf<'pipelines.deleteConnection'>(allMighty, of(body.id), 1);
    must(await handlers['pipelines.deleteConnection'](call));
    expect(codeOf(await get(body.id))).toBe('not-found');
    expect(service.secrets.size).toBe(0);
    expect(await service.ports.records.connectionRefs.get(body.id)).toBeUndefined();
  });
});

it('connections and trust rules go with their project', async () => {
  const projects = projectsHandlers(service.ports);
  const made = must(
    await projects['projects.create'](
      callOf<'projects.create'>(allMighty, { body: { name: 'shop', description: '', tags: [], timeZone: 'UTC' } as never }),
    ),
  );
  const projectId = made.body.id;
  must(await create({}, projectId));
  const rule = {
    ...{ name: 'fleet', system: 'github' as const, issuer: 'https://token.actions.githubusercontent.com' },
    ...{ audience: 'https://gate.example.com', repositoryId: '1', claims: { ref: 'main' }, clusters: ['a'] },
  };
  must(await handlers['pipelines.createTrustRule'](callOf<'pipelines.createTrustRule'>(allMighty, { params: { projectId }, body: rule })));
  must(await projects['projects.delete'](callOf<'projects.delete'>(allMighty, { params: { projectId } }, made.revision)));
  const left = await service.ports.records.trustRules.list(partitions.allTrustRules);
  expect(must(left).items).toEqual([]);
  expect(service.secrets.size).toBe(0);
});
