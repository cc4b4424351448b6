import { createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { makeCertificate, makePki, type Pair, type Pki } from '../../../test/support/certificates.ts';
import { connectionTo } from '../../../test/support/connection.ts';
import { answerJson, type Handler, type ServerOptions, startServer, type TestServer } from '../../../test/support/https-server.ts';
import type { Connection } from './connection.ts';
import { connectTo } from './index.ts';

let pki: Pki;
const closing: (() => void | Promise<void>)[] = [];
beforeAll(async () => {
  pki = await makePki();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const fine: Handler = (_, response) => answerJson(response, { ok: true });
const serve = async (certificate?: Pair, options: ServerOptions = {}): Promise<TestServer> => {
  const server = await startServer(fine, { ...(certificate && { certificate }), ...options });
  closing.push(() => server.close());
  return server;
};
/** Asks a server for /version, once, with 300 ms to connect. */
const read = async (url: string, change: Partial<Connection> = {}) => {
  const connected = await connectTo(connectionTo(url, pki, change), { tries: 1, connectTimeoutMs: 300 });
  if (!connected.ok) throw new Error(connected.failure.say);
  closing.push(connected.value.close);
  return connected.value.access.get('/version', z.object({ ok: z.boolean() }));
};
/** A port that treats every connection as told. */
const listen = async (treat: (socket: Socket) => void): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    closing.push(() => void socket.destroy());
    treat(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
const untrusted = (why: string) => ({
  ok: false,
  failure: { code: 'cluster-untrusted', say: expect.stringContaining(`is not trusted because ${why}`) },
});

it('trusts a server whose certificate the cluster signed', async () => {
  expect(await read((await serve(pki.server)).url)).toEqual({ ok: true, value: { ok: true } });
});

it('does not trust a certificate of another authority', async () => {
  const other = await makeCertificate({ name: 'other', isAuthority: true });
  const server = await serve(await makeCertificate({ name: 'api', by: other }));
  expect(await read(server.url)).toMatchObject(untrusted('its certificate authority is not trusted here;'));
  expect(server.received).toEqual([]);
});

it('does not trust a self-signed certificate', async () => {
  expect(await read((await serve(await makeCertificate({ name: 'api' }))).url)).toMatchObject(untrusted('it is self-signed;'));
});

it('does not trust a certificate for another name', async () => {
  const server = await serve(await makeCertificate({ name: 'api', by: pki.authority, hosts: ['api.example.org', '10.0.0.1'] }));
  expect(await read(server.url)).toMatchObject(untrusted('it is for other names (10.0.0.1);'));
});

it('does not trust a certificate that has expired', async () => {
  const server = await serve(await makeCertificate({ name: 'api', by: pki.authority, until: '2024-01-01T00:00:00Z' }));
  expect(await read(server.url)).toMatchObject(untrusted('it has expired;'));
});

it('does not trust the certificate of a cluster when no authority is named', async () => {
  expect(await read((await serve(pki.server)).url, { trust: { skipVerification: false } })).toMatchObject({
    failure: { code: 'cluster-untrusted' },
  });
});

it('trusts anything when verification is skipped', async () => {
  const server = await serve(await makeCertificate({ name: 'api', until: '2024-01-01T00:00:00Z' }));
  expect(await read(server.url, { trust: { skipVerification: true } })).toEqual({ ok: true, value: { ok: true } });
});

it.each(['api.example.org', '10.0.0.1'])(
  'expects the name %s when the kubeconfig says so, and sends it when it is no address',
  async (serverName) => {
    const sent: string[] = [];
    const SNICallback = (name: string, go: (error: Error | null) => void): void => {
      sent.push(name);
      go(null);
    };
    const server = await serve(await makeCertificate({ name: 'api', by: pki.authority, hosts: ['api.example.org', '10.0.0.1'] }), {
      tls: { SNICallback },
    });
    const trust = { ca: pki.authority.cert, skipVerification: false, serverName };
    expect(await read(server.url, { trust })).toEqual({ ok: true, value: { ok: true } });
    expect(sent).toEqual(serverName === '10.0.0.1' ? [] : ['api.example.org']);
  },
);

it('says when a name cannot be resolved', async () => {
  expect(await read('https://no-such-host.invalid:6443')).toMatchObject({
    failure: {
      code: 'cluster-unreachable',
      say: expect.stringMatching(/^The name of the API server \(https:\/\/no-such-host.invalid:6443\) cannot be resolved/),
    },
  });
});

it('says when nothing listens', async () => {
  const server = await startServer(fine);
  await server.close();
  expect(await read(`https://127.0.0.1:${server.port}`)).toMatchObject({
    failure: {
      code: 'cluster-unreachable',
      say: expect.stringContaining(`The API server at https://127.0.0.1:${server.port} refused the connection`),
    },
  });
});

it('says when a connection never stands', async () => {
  const port = await listen(() => undefined);
  expect(await read(`https://127.0.0.1:${port}`)).toMatchObject({
    failure: { code: 'timed-out', say: expect.stringContaining('in time (0.3 s)') },
  });
});

it('says when a port speaks no TLS', async () => {
  const { port } = await serve();
  expect(await read(`https://127.0.0.1:${port}`)).toMatchObject({
    failure: { code: 'cluster-unreachable', say: expect.stringContaining('does not speak TLS') },
  });
});
it('says when a port answers garbage', async () => {
  const port = await listen((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  expect(await read(`https://127.0.0.1:${port}`)).toMatchObject({
    failure: { code: 'cluster-unreachable', say: expect.stringContaining('does not speak TLS') },
  });
  const clear = await listen((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  expect(await read(`http://127.0.0.1:${clear}`)).toMatchObject({
    failure: { code: 'answer-invalid', say: expect.stringContaining('is not the API server') },
  });
});

it('says when a port hangs up', async () => {
  const port = await listen((socket) => socket.destroy());
  expect(await read(`https://127.0.0.1:${port}`)).toMatchObject({
    failure: { code: 'cluster-unreachable', say: expect.stringContaining('broke off') },
  });
});
