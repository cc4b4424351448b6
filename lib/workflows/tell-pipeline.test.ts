import { createHmac, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allowing, resolving } from '../../test/support/addresses.ts';
import { must } from '../../test/support/answers.ts';
import { memoryStores } from '../../test/support/api/stores.ts';
import { makeCertificate, makePki, type Pki } from '../../test/support/certificates.ts';
import { newPath, openEngine } from '../../test/support/durable-engine.ts';
import { answerJson, type Handler, startServer, type TestServer } from '../../test/support/https-server.ts';
import { evaluationOf, now, webhookKey } from '../../test/support/pipelines.ts';
import { createPipelineCaller } from '../adapters/webhooks/caller.ts';
import { failed, succeed } from '../core/failure.ts';
import { type Connection, type ConnectionSettings, connectionSecret } from '../fleet/connection.ts';
import { type EvaluationRecord, evaluationSecret } from '../fleet/evaluation.ts';
import { verifyWebhook } from '../fleet/webhook-signature.ts';
import { isAllowed, type Verdict } from '../gate/evaluation.ts';
import type { EvaluationCallback } from '../gate/request.ts';
import { createDeliveries } from './deliver-webhook.ts';
import { makePipelineCallback, type PipelineCallbackPorts } from './tell-pipeline.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
let pki: Pki;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  const made = await makePki();
  pki = { ...made, server: await makeCertificate({ name: 'ci', by: made.authority, hosts: ['ci.test', '127.0.0.1'] }) };
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const evaluationId = '20261128T090000Z-evl-0123456789abcdef';
const [projectId, clusterId, connectionId] = ['default', 'cls-0123456789ab', 'con-0123456789ab'];
const run = { projectId, clusterId, evaluationId };

const serve = async (handler: Handler): Promise<TestServer> => {
  const server = await startServer(handler, { certificate: pki.server });
  closing.push(() => server.close());
  return server;
};
/** Answers each request by the first of its statuses that was not given yet, path by path. */
const answering = (
  statuses: Readonly<Record<string, readonly number[]>>,
  body: object = {},
  headers: Record<string, string> = {},
): Handler => {
  const given = new Map<string, number>();
  return ({ url }, response) => {
    const [path, list] = Object.entries(statuses).find(([part]) => url.includes(part)) ?? ['', [404]];
    const count = given.get(path) ?? 0;
    given.set(path, count + 1);
    answerJson(response, body, list[Math.min(count, list.length - 1)], headers);
  };
};

interface Setting {
  readonly settings: ConnectionSettings;
  readonly callback: EvaluationCallback;
  readonly verdict?: Verdict;
  readonly connection?: Partial<Connection>;
  readonly secret?: string;
  readonly hosts?: readonly string[];
  readonly requestedBy?: EvaluationRecord['requestedBy'];
}

/** A decided evaluation, a connection, and a caller that may reach this machine. */
const prepare = async ({ settings, callback, verdict = 'allow', connection = {}, secret = webhookKey, hosts, requestedBy }: Setting) => {
  const stores = memoryStores({ now: () => now, id: () => '0' });
  closing.push(stores.close);
  const { records } = stores;
  const secrets = new Map([
    [connectionSecret(connectionId, 'secret'), secret],
    [connectionSecret(connectionId, 'credential'), settings.system === 'github' ? pem : 'glpat-0123456789abcdef'],
    [evaluationSecret(evaluationId), 'job-access-token-0123456789'],
  ]);
  must(
    await records.connections.create({
      ...{ id: connectionId, projectId, name: 'main', settings, rules: [], active: true, hasCredential: true, createdAt: now },
      ...connection,
    }),
  );
  const target = { kubernetesVersion: 'v1.36.3' };
  must(
    await records.evaluations.create({
      ...{ id: evaluationId, projectId, clusterId, clusterName: 'prod-a', state: 'decided', verdict, allowed: isAllowed(verdict) },
      request: { cluster: 'prod-a', action: 'upgrade', target, idempotencyKey: 'k', source: { system: settings.system }, callback },
      requestedBy: requestedBy ?? { type: 'pipeline', id: connectionId, name: 'main' },
      ...{ requestedAt: now, summary: `The verdict is ${verdict}.`, artefacts: [] },
    }),
  );
  const caller = createPipelineCaller({
    hosts: { patterns: hosts ?? ['127.0.0.1'], isLoopbackAllowed: true },
    allow: allowing('127.0.0.1/32'),
    ...{ resolve: resolving(['127.0.0.1']), ca: pki.authority.cert, version: '9.9.9' },
  });
  closing.push(caller.close);
  const ports: PipelineCallbackPorts = {
    records,
    secrets: {
      get: async (name) => {
        const there = secrets.get(name);
        return there === undefined ? failed('not-found', 'There is no such secret.') : succeed(there);
      },
      remove: async (name) => succeed(void secrets.delete(name)),
    },
    clock: { now: () => now },
    publicUrl: 'https://gate.example.com',
    readEvaluation: async () => evaluationOf(verdict, { id: evaluationId }),
    call: (outgoing) => caller.call(outgoing),
  };
  const waits: number[] = [];
  const kept: unknown[] = [];
  const context = {
    step: async (_name: string, work: () => Promise<unknown>) => {
      const value = await work();
      kept.push(value);
      return value;
    },
    wait: async ({ seconds }: { readonly seconds: number }) => void waits.push(seconds),
  };
  const state = async () => (await records.evaluations.get({ clusterId, name: evaluationId }))?.value.callback;
  const tell = async () => makePipelineCallback(ports)(run, context as never);
  return { ports, secrets, waits, kept, state, tell };
};

const github = (url: string): Pick<Setting, 'settings' | 'callback'> => ({
  settings: { system: 'github', apiBase: url, appId: '123456' },
  callback: {
    ...{ type: 'github', connection: connectionId, repository: 'example-org/fleet', repositoryId: '700100200' },
    ...{ installationId: '42', runId: '9000', environment: 'production' },
  },
});
const gitlab = (url: string): Pick<Setting, 'settings' | 'callback'> => ({
  settings: { system: 'gitlab', apiBase: `${url}/api/v4` },
  callback: { type: 'gitlab-deployment', connection: connectionId, projectId: '3141', deploymentId: '7', playId: '8' },
});
const azure = (url: string): Pick<Setting, 'settings' | 'callback'> => {
  const guid = '11111111-2222-4333-8444-555555555555';
  const ids = { projectId: guid, planId: guid, jobId: guid, taskId: guid };
  return {
    settings: { system: 'azure', collections: [`${url}/fabrikam/`] },
    callback: { type: 'azure', connection: connectionId, collection: `${url}/fabrikam`, hub: 'checks', ...ids },
  };
};

describe('GitHub', () => {
  it('is asked for a token as the App, and told by it; a failure begins with a new token, which is stored nowhere', async () => {
    const token = 'ghs_0123456789';
    const server = await serve(answering({ access_tokens: [503, 201], deployment_protection_rule: [502, 204] }, { token }));
    const { tell, state, waits, kept, secrets } = await prepare(github(server.url));
    expect(await tell()).toEqual({ is: 'told' });
    expect(server.received.map(({ url }) => url.split('/').at(-1))).toEqual([
      'access_tokens',
      ...['access_tokens', 'deployment_protection_rule'],
      ...['access_tokens', 'deployment_protection_rule'],
    ]);
    const jwt = server.received[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const [head, body, signature = ''] = jwt.split('.');
    expect(verify('sha256', Buffer.from(`${head}.${body}`), rsa.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    const decision = server.received.at(-1);
    expect(decision?.url).toBe('/repos/example-org/fleet/actions/runs/9000/deployment_protection_rule');
    expect(decision?.headers).toMatchObject({ authorization: `Bearer ${token}`, 'user-agent': 'gatehouse/9.9.9' });
    expect(JSON.parse(decision?.body ?? '')).toMatchObject({ environment_name: 'production', state: 'approved' });
    expect(await state()).toMatchObject({ state: 'told', tries: 3, at: now });
    expect(waits).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toMatch(/ghs_|PRIVATE/);
    expect(secrets.has(evaluationSecret(evaluationId))).toBe(false);
  });
  it('is not asked again when the App may not, nor when its question is over', async () => {
    const refusing = await serve(answering({ access_tokens: [401] }));
    const one = await prepare(github(refusing.url));
    expect(await one.tell()).toEqual({ is: 'refused' });
    expect((await one.state())?.message).toContain('(401)');
    const over = await serve(answering({ access_tokens: [201], deployment_protection_rule: [422] }, { token: 'ghs_0123456789' }));
    expect(await (await prepare(github(over.url))).tell()).toEqual({ is: 'settled' });
    expect([refusing.received.length, over.received.length]).toEqual([1, 2]);
  });
  it('says what is wrong with an answer without a token and with a key that is none', async () => {
    const server = await serve(answering({ access_tokens: [201] }, { other: 1 }));
    expect(await (await prepare(github(server.url))).tell()).toEqual({ is: 'refused' });
    const broken = await prepare(github(server.url));
    broken.secrets.set(connectionSecret(connectionId, 'credential'), 'no key at all');
    expect(await broken.tell()).toEqual({ is: 'refused' });
    expect((await broken.state())?.message).toContain('private key');
  });
});

describe('GitLab', () => {
  it('approves once, and starts the job until it starts', async () => {
    const server = await serve(answering({ approval: [201], play: [500, 429, 201] }));
    const { tell, state } = await prepare(gitlab(server.url));
    expect(await tell()).toEqual({ is: 'told' });
    expect(server.received.map(({ url }) => url.split('/').at(-1))).toEqual(['approval', 'play', 'play', 'play']);
    expect(server.received.every(({ headers }) => headers['private-token'] === 'glpat-0123456789abcdef')).toBe(true);
    expect(await state()).toMatchObject({ state: 'told', tries: 4 });
  });
  it('rejects after a denial and starts nothing', async () => {
    const server = await serve(answering({ approval: [200], play: [200] }));
    expect(await (await prepare({ ...gitlab(server.url), verdict: 'deny' })).tell()).toEqual({ is: 'told' });
    expect(server.received.map(({ body }) => JSON.parse(body).status)).toEqual(['rejected']);
  });
});

describe('Azure DevOps', () => {
  it('is told with the token of the job, which is then forgotten', async () => {
    const server = await serve(answering({ events: [200] }));
    const { tell, secrets } = await prepare(azure(server.url));
    expect(await tell()).toEqual({ is: 'told' });
    expect(server.received[0]?.headers.authorization).toBe('Bearer job-access-token-0123456789');
    expect(secrets.has(evaluationSecret(evaluationId))).toBe(false);
  });
  it('is told nothing at a collection that was taken off the list', async () => {
    const server = await serve(answering({ events: [200] }));
    const { settings } = azure('https://dev.azure.com');
    expect(await (await prepare({ ...azure(server.url), settings })).tell()).toEqual({ is: 'settled' });
    expect(server.received).toEqual([]);
  });
});

describe('Flux', () => {
  const to = (receiver: string): Pick<Setting, 'settings' | 'callback'> => ({
    settings: { system: 'flux', receiver },
    callback: { type: 'flux', connection: connectionId },
  });
  it('is poked with the newest secret', async () => {
    const server = await serve(answering({ hook: [200] }));
    expect(await (await prepare({ ...to(`${server.url}/hook/1`), secret: `newest-secret-0123 ${webhookKey}` })).tell()).toEqual({
      is: 'told',
    });
    const [got] = server.received;
    expect(got?.headers['x-signature']).toBe(
      `sha256=${createHmac('sha256', 'newest-secret-0123')
        .update(got?.body ?? '')
        .digest('hex')}`,
    );
  });
  it('is not followed elsewhere', async () => {
    const elsewhere = await serve(answering({ hook: [200] }));
    const server = await serve(answering({ hook: [307] }, {}, { location: `${elsewhere.url}/hook/1` }));
    const { tell, state } = await prepare(to(`${server.url}/hook/1`));
    expect(await tell()).toEqual({ is: 'refused' });
    expect((await state())?.message).toContain('not followed');
    expect(elsewhere.received).toEqual([]);
  });
});

describe('a signed webhook', () => {
  const to = (url: string): Pick<Setting, 'settings' | 'callback'> => ({
    settings: { system: 'webhook', clusters: ['prod-a'], hosts: [new URL(url).host] },
    callback: { type: 'webhook', url: `${url}/answers` },
  });
  it.each([
    ['who asked by it', undefined],
    ['who asked with a token', { type: 'token', id: 'tok-0123456789ab', name: 'ci' } as const],
  ])('brings the whole answer to %s', async (_who, requestedBy) => {
    const server = await serve(answering({ answers: [503, 204] }));
    const { tell } = await prepare({ ...to(server.url), ...(requestedBy ? { requestedBy } : {}) });
    expect(await tell()).toEqual({ is: 'told' });
    const [first, second] = server.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(verifyWebhook(webhookKey, second?.headers ?? {}, second?.body ?? '', now)).toMatchObject({ ok: true });
    expect(JSON.parse(second?.body ?? '')).toMatchObject({
      id: evaluationId,
      links: { self: `https://gate.example.com/v1/gate/evaluations/${evaluationId}` },
    });
  });
  it('signs nothing for a host that no connection lists', async () => {
    const server = await serve(answering({ answers: [204] }));
    const { callback } = to(server.url);
    const token = { type: 'token', id: 'tok-0123456789ab', name: 'ci' } as const;
    const { tell, state } = await prepare({ callback, settings: to('https://other.example').settings, requestedBy: token });
    expect(await tell()).toEqual({ is: 'refused' });
    expect((await state())?.message).toContain('lists the host');
    expect(server.received).toEqual([]);
  });
});

describe('whoever is told', () => {
  it('may be told only at hosts that the server allows', async () => {
    const server = await serve(answering({ events: [200] }));
    const { tell, state } = await prepare({ ...azure(server.url), hosts: ['dev.azure.com'] });
    expect(await tell()).toEqual({ is: 'refused' });
    expect((await state())?.message).toContain('allowed are dev.azure.com');
    expect(server.connections).toBe(0);
  });
  it.each([
    ['switched off', { active: false }],
    ['removed', { id: 'con-ffffffffffff' }],
  ])('is told nothing once the connection was %s', async (_how, connection) => {
    const server = await serve(answering({ events: [200] }));
    expect(await (await prepare({ ...azure(server.url), connection })).tell()).toEqual({ is: 'refused' });
    expect(server.connections).toBe(0);
  });
  it('is waited for as long as it asks, and given up at last', async () => {
    const server = await serve(answering({ events: [503] }, {}, { 'retry-after': '900' }));
    const { tell, state, waits, secrets } = await prepare(azure(server.url));
    expect(await tell()).toEqual({ is: 'gave-up' });
    expect(waits).toEqual([900, 900, 900, 900]);
    expect(await state()).toMatchObject({ state: 'gave-up', tries: 5 });
    expect(secrets.has(evaluationSecret(evaluationId))).toBe(false);
  });
  it('is told by a run that goes on after the process ended', async () => {
    const server = await serve(answering({ approval: [201], play: [503, 201] }));
    const { ports, state } = await prepare(gitlab(server.url));
    const path = newPath();
    const before = openEngine(path, { tell: makePipelineCallback(ports) as never });
    before.engine.resume();
    must(before.engine.start('told', 'tell', { ...run }));
    while ((await state())?.tries !== 2) await new Promise((done) => setTimeout(done, 20));
    await before.engine.close();
    before.database.close();
    const after = openEngine(path, { tell: makePipelineCallback(ports) as never });
    const ended = after.ended('told');
    after.engine.resume();
    expect(await ended).toMatchObject({ state: 'succeeded' });
    // what was approved before is not approved again
    expect(server.received.map(({ url }) => url.split('/').at(-1))).toEqual(['approval', 'play', 'play']);
    expect(await state()).toMatchObject({ state: 'told', tries: 3 });
    await after.engine.close();
    after.database.close();
  }, 30_000);
});

it('is started by the event that something was decided, if somebody waits', async () => {
  const stores = memoryStores({ now: () => now, id: () => '0' });
  closing.push(stores.close);
  const started: unknown[] = [];
  const publisher = createDeliveries(stores.records, async (name, delivery) => succeed(void started.push([name, delivery])));
  const event = (data: object) => ({
    id: 'e',
    type: 'evaluation.decided' as const,
    subject: 'projects/default',
    time: now,
    data: { ...run, ...data },
  });
  must(
    await publisher.publish([
      event({ callback: true }),
      event({ callback: false }),
      event({}),
      { ...event({ callback: true }), type: 'scan.failed' },
    ]),
  );
  expect(started).toEqual([[`${evaluationId}-callback`, run]]);
});
