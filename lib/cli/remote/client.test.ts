import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sayOf } from '../../../test/support/answers.ts';
import { makePki } from '../../../test/support/certificates.ts';
import { runCli } from '../../../test/support/run-cli.ts';
import { succeed } from '../../core/failure.ts';
import { type Client, createClient } from './client.ts';
import { serverOf } from './http/address.ts';
import { createTransport } from './http/transport.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const project = (name: string) => ({
  id: 'default',
  name,
  description: '',
  tags: [],
  retention: { runsDays: 1, reportsDays: 1 },
  concurrentScans: 1,
  createdAt: '2026-11-27T12:00:00.000Z',
});
const json = (response: ServerResponse, status: number, body: object, headers = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const problem = (status: number, code: string, more = {}) => ({
  type: 't',
  title: 't',
  status,
  detail: 'It went wrong; do it again.',
  code,
  instance: 'req-7',
  ...more,
});

/** A server that gives one answer after the other, the last one for ever, and a client of it that writes down how long it waited. */
const serve = async (...answers: readonly Answer[]) => {
  const asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    answer?.(request, response, body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const transport = createTransport({ env: {}, signal: new AbortController().signal, timeoutMs: 300 });
  closers.push(
    async () => transport.close(),
    () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  );
  const waits: number[] = [];
  const pause = async (ms: number) => waits.push(ms) > 0;
  const credential = { current: async () => succeed('secret-token'), renew: async () => succeed(undefined) };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client: Client = createClient({ server: url, transport, credential, version: '1', pause });
  return { client, asked, waits, url };
};
const breaks: Answer = (request) => void (request.socket as Socket).destroy();

describe('a call', () => {
  it('names who asks, and answers body, JSON as it came, and ETag', async () => {
    const { client, asked } = await serve((_, response) => json(response, 200, { ...project('Shop'), later: 1 }, { etag: '"7"' }));
    const answer = await client.call('projects.get', { params: { projectId: 'default' } });
    expect(answer).toEqual(succeed({ body: project('Shop'), json: { ...project('Shop'), later: 1 }, etag: '"7"' }));
    expect(asked[0]).toMatchObject({ method: 'GET', url: '/v1/projects/default', headers: { authorization: 'Bearer secret-token' } });
  });

  it('with an id that cannot be one is not sent', async () => {
    const { client, asked } = await serve(breaks);
    const answer = await client.call('projects.get', { params: { projectId: '../teams' } });
    expect(sayOf(answer)).toContain('"../teams" is no project id that can be');
    expect(asked).toEqual([]);
  });

  it('reads waits and asks again when it is too much for the server', async () => {
    const busy: Answer = (_, response) => json(response, 429, problem(429, 'rate-limited'), { 'retry-after': '7' });
    const down: Answer = (_, response) => void response.writeHead(503).end();
    const { client, waits, asked } = await serve(busy, down, (_, response) => json(response, 200, project('Shop')));
    expect((await client.call('projects.get', { params: { projectId: 'default' } })).ok).toBe(true);
    expect(waits).toEqual([7000, 1000]);
    expect(asked).toHaveLength(3);
  });

  it('gives up after a while, and does not wait for hours', async () => {
    const { client, asked } = await serve((_, response) => json(response, 429, problem(429, 'rate-limited'), { 'retry-after': '1' }));
    expect(sayOf(await client.call('me.get'))).toBe('It went wrong; do it again.');
    expect(asked).toHaveLength(4);
    const patient = await serve((_, response) => json(response, 429, problem(429, 'rate-limited'), { 'retry-after': '7200' }));
    expect((await patient.client.call('me.get')).ok).toBe(false);
    expect(patient.asked).toHaveLength(1);
  });

  it('that makes something is repeated under the same key, so that it is done once', async () => {
    const held: Answer = (_, response) => json(response, 409, problem(409, 'conflict'), { 'retry-after': '1' });
    const { client, asked, waits } = await serve(breaks, held, (_, response) => json(response, 201, project('Shop')));
    expect((await client.call('projects.create', { body: { name: 'Shop' } })).ok).toBe(true);
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    expect(waits).toEqual([500, 1000]);
    await client.call('projects.create', { body: { name: 'Shop' } });
    expect(asked.at(-1)?.headers['idempotency-key']).not.toBe(keys[0]);
  });

  it('that changes something is not repeated after it may have arrived', async () => {
    const { client, asked } = await serve(breaks);
    const changed = await client.call('projects.update', { params: { projectId: 'default' }, body: { name: 'x' }, ifMatch: '"3"' });
    expect(changed).toMatchObject({ failure: { code: 'cluster-unreachable' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers['if-match']).toBe('"3"');
  });

  it('is not waited for without end', async () => {
    const { client, asked } = await serve(() => undefined);
    expect(sayOf(await client.call('me.get'))).toContain('did not answer within 0.3 s');
    expect(asked).toHaveLength(3);
  });
});

describe('a refusal', () => {
  it('lists every field that is wrong', async () => {
    const errors = [
      { at: '/name', message: 'Too small' },
      { at: '/tags/0', message: 'Invalid\u001b[2J' },
    ];
    const { client } = await serve((_, response) => json(response, 400, problem(400, 'input-invalid', { errors })));
    const answer = await client.call('projects.create', { body: { name: '' } });
    expect(answer).toMatchObject({ failure: { code: 'input-invalid' } });
    expect(sayOf(answer)).toBe('It went wrong; do it again.\n  /name: Too small\n  /tags/0: Invalid?[2J');
  });

  it.each([
    [412, problem(412, 'precondition-failed'), 'conflict', 'It went wrong'],
    [401, problem(401, 'credential-refused'), 'credential-refused', 'gatehouse login --server http'],
    [500, problem(500, 'internal-error'), 'output-failed', '(request req-7)'],
    [499, problem(499, 'cancelled'), 'output-failed', 'It went wrong'],
    [418, problem(418, 'new-kind'), 'input-invalid', 'It went wrong'],
    [302, {}, 'answer-invalid', 'no redirect is followed'],
    [404, {}, 'answer-invalid', 'is it a Gatehouse server'],
    [200, { id: 1 }, 'answer-invalid', 'does not understand (id)'],
  ])('of HTTP %i becomes a sentence', async (status, body, code, say) => {
    const { client } = await serve((_, response) => json(response, status, body));
    const answer = await client.call('projects.get', { params: { projectId: 'default' } });
    expect(answer).toMatchObject({ ok: false, failure: { code, say: expect.stringContaining(say) } });
    expect(sayOf(answer)).not.toContain('secret-token');
  });
});

describe('a list', () => {
  it('is read page by page, also through empty pages', async () => {
    const pages = [{ items: [project('a')], next: 'c1' }, { items: [], next: 'c2' }, { items: [project('b')] }];
    const { client, asked } = await serve(
      ...pages.map(
        (page): Answer =>
          (_, response) =>
            json(response, 200, page),
      ),
    );
    const all = await client.all('projects.list');
    expect(all.ok && all.value.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(asked.map(({ url }) => url)).toEqual([
      '/v1/projects?limit=200',
      '/v1/projects?limit=200&cursor=c1',
      '/v1/projects?limit=200&cursor=c2',
    ]);
  });

  it('that leads in a circle ends', async () => {
    const { client } = await serve((_, response) => json(response, 200, { items: [], next: 'same' }));
    expect(sayOf(await client.all('projects.list'))).toContain('a page that comes after itself');
  });
});

describe('a server', () => {
  it.each([
    ['https://gatehouse.example.com/', 'https://gatehouse.example.com'],
    ['https://abc.execute-api.eu-central-1.amazonaws.com/prod/v1/', 'https://abc.execute-api.eu-central-1.amazonaws.com/prod'],
    ['http://127.0.0.1:7440', 'http://127.0.0.1:7440'],
    ['http://[::1]:7440', 'http://[::1]:7440'],
  ])('%s is taken', (text, server) => expect(serverOf(text)).toEqual(succeed(server)));
  it.each([
    ['http://gatehouse.example.com', 'without TLS'],
    ['http://127.0.0.1.example.com', 'without TLS'],
    ['gatehouse', 'must be an address'],
    ['https://me:pw@gatehouse.example.com', 'must be an address'],
    ['https://gatehouse.example.com/?x=1', 'without "?"'],
  ])('%s is not', (text, say) => expect(sayOf(serverOf(text))).toContain(say));

  it('is named, or the command says how', async () => {
    expect(await runCli(['whoami'], { env: { HOME: '/nowhere' } })).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Name it with --server or GATEHOUSE_SERVER'),
    });
  });

  it('is trusted by its certificate only, or that of an authority that is named', async () => {
    const pki = await makePki();
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-ca-'));
    await writeFile(join(folder, 'ca.pem'), pki.authority.cert);
    await writeFile(join(folder, 'none.pem'), 'nothing');
    const server = https.createServer({ cert: pki.server.cert, key: pki.server.key }, (_, response) =>
      json(response, 200, { status: 'ok', version: '1' }),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closers.push(
      () => rm(folder, { recursive: true }),
      () =>
        new Promise((done) => {
          server.close(done);
          server.closeAllConnections();
        }),
    );
    const args = ['service', 'health', '--server', `https://127.0.0.1:${(server.address() as AddressInfo).port}`];
    expect(await runCli([...args, '--ca-file', join(folder, 'ca.pem')])).toMatchObject({ exit: 0, out: expect.stringContaining('ok') });
    expect(await runCli(args)).toMatchObject({ exit: 2, err: expect.stringContaining('its certificate is not trusted') });
    expect(await runCli([...args, '--ca-file', join(folder, 'none.pem')])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('holds no certificate'),
    });
  });
});
