import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { apiClient } from '../../test/support/api/client.ts';
import { startApi, type TestApi } from '../../test/support/api/server.ts';
import { succeed } from '../core/failure.ts';
import { startServer } from './node-server.ts';

let api: TestApi;
afterEach(() => api.close());
const health = { 'service.health': async () => succeed({ body: { status: 'ok' as const, version: '1' } }) };

/** Everything that comes back for raw bytes, until the server hangs up. */
const raw = (port: number, text: string): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('data', (part: Buffer) => {
      heard += part.toString();
    });
    socket.on('error', fail);
    socket.on('close', () => done(heard));
  });

describe('the server of one machine', () => {
  it('listens on loopback unless it is told otherwise', async () => {
    api = await startApi({ handlers: health });
    expect(api.url).toBe(`http://127.0.0.1:${api.port}`);
    expect((await api.ask({ path: '/v1/health' })).status).toBe(200);
  });
  it('says what to do when the port is taken', async () => {
    api = await startApi({ handlers: health });
    const second = await startServer({ handler: api.handler, clock: api.clock, log: () => undefined, port: api.port });
    expect(second).toMatchObject({ ok: false, failure: { code: 'input-invalid', say: expect.stringContaining('another port') } });
  });
  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
    '[::2]',
    'localhost@evil.example',
  ])('does not answer to a page that rebound its name: %s', async (host) => {
    api = await startApi({ handlers: health });
    expect(await api.ask({ path: '/v1/health', headers: { host } })).toMatchObject({ status: 421, json: { code: 'host-unknown' } });
  });
  it.each(['localhost', 'LOCALHOST:1234', '127.0.0.1:9', '[::1]:80', 'gatehouse.internal'])(
    'answers to its own names: %s',
    async (host) => {
      api = await startApi({ handlers: health, server: { hostNames: ['gatehouse.internal'] } });
      expect((await api.ask({ path: '/v1/health', headers: { host } })).status).toBe(200);
    },
  );
  it('lets a route beside the API stream, under the same guard', async () => {
    const handle = async (_: unknown, response: { end(text: string): void }) => response.end('bytes');
    api = await startApi({ handlers: health, server: { rawRoutes: [{ prefix: '/files/', methods: ['GET', 'HEAD'], handle }] } });
    expect(await api.ask({ path: '/files/report.pdf?signature=x' })).toMatchObject({ status: 200, text: 'bytes' });
    expect((await api.ask({ path: '/files/report.pdf', headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await api.ask({ method: 'POST', path: '/files/report.pdf' })).status).toBe(404);
    expect(api.logged).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ route: '/files/', status: 200 }) }));
  });
  it('answers a route that breaks with a problem that says nothing of it', async () => {
    const handle = async () => {
      throw new Error('sesame');
    };
    api = await startApi({ handlers: health, server: { rawRoutes: [{ prefix: '/files/', methods: ['GET'], handle }] } });
    const answer = await api.ask({ path: '/files/a' });
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal-error' } });
    expect(answer.text + JSON.stringify(api.logged)).not.toContain('sesame');
  });
  it('tells the client that a body is too large, also while it is still sending, and goes on', async () => {
    api = await startApi({ handlers: health, server: {} });
    const token = await api.adminToken();
    const answer = await api.ask({ method: 'POST', path: '/v1/projects', token, body: Buffer.alloc(8_000_000, 32) });
    expect(answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
    expect((await api.ask({ path: '/v1/health' })).status).toBe(200);
  });
  it('answers what is no HTTP, and headers without end, with a problem', async () => {
    api = await startApi({ handlers: health });
    expect(await raw(api.port, 'HELO there\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s);
    expect(await raw(api.port, `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(
      await raw(api.port, 'GET /v1/health HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(api.port, 'GET /v1/health HTTP/1.1\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
  it('finishes what is under way when it closes, takes nothing new, and closes once', async () => {
    let arrived: () => void = () => undefined;
    let release: () => void = () => undefined;
    const isHere = new Promise<void>((done) => {
      arrived = done;
    });
    const gate = new Promise<void>((done) => {
      release = done;
    });
    api = await startApi({ handlers: health });
    const slow = await startServer({
      handler: async () => {
        arrived();
        await gate;
        return { statusCode: 200, headers: {}, body: 'late' };
      },
      clock: api.clock,
      log: () => undefined,
      port: 0,
    });
    if (!slow.ok) throw new Error(slow.failure.say);
    const client = apiClient(slow.value.url);
    const waiting = client.ask({ path: '/v1/health' });
    await isHere;
    const closing = slow.value.close();
    await expect(apiClient(slow.value.url).ask({ path: '/v1/health' })).rejects.toThrow();
    release();
    expect(await waiting).toMatchObject({ status: 200, text: 'late', headers: { connection: 'close' } });
    await Promise.all([closing, slow.value.close()]);
    client.close();
  });
  it('does not wait for whoever sends a byte now and then', async () => {
    api = await startApi({ handlers: health, server: { timeouts: { headers: 20, request: 40 } } });
    expect(await raw(api.port, 'GET /v1/health HTTP/1.1\r\nhost: loc')).toMatch(/^HTTP\/1\.1 408 .*request-too-slow/s);
    expect(await raw(api.port, 'POST /v1/projects HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{')).toMatch(/^HTTP\/1\.1 408 /);
  });
  it('gives up on a request that does not end', async () => {
    api = await startApi({ handlers: health });
    const stuck = await startServer({
      handler: () => new Promise(() => undefined),
      clock: api.clock,
      log: () => undefined,
      port: 0,
      patience: 50,
    });
    if (!stuck.ok) throw new Error(stuck.failure.say);
    const client = apiClient(stuck.value.url);
    const cut = expect(client.ask({ path: '/v1/health' })).rejects.toThrow();
    await new Promise((done) => setImmediate(done));
    await stuck.value.close();
    await cut;
    client.close();
  });
  it('logs requests by codes, without tokens, queries or bodies', async () => {
    api = await startApi({ handlers: health });
    await api.ask({ method: 'POST', path: '/v1/projects?cursor=sesame', token: 'sesame', body: { name: 'sesame' } });
    expect(api.logged.at(-1)).toEqual({
      level: 'info',
      code: 'REQUEST_DONE',
      fields: { requestId: expect.any(String), method: 'POST', route: 'projects.create', status: 401, ms: 0 },
    });
    expect(JSON.stringify(api.logged)).not.toContain('sesame');
  });
});
