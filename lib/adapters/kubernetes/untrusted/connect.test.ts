import { createServer, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allowing, resolving } from '../../../../test/support/addresses.ts';
import { makeCertificate, makePki, type Pki } from '../../../../test/support/certificates.ts';
import { answerJson, type Handler, startServer, type TestServer } from '../../../../test/support/https-server.ts';
import { kubeconfigText } from '../../../../test/support/kubeconfig.ts';
import { type ConnectorOptions, createClusterConnector } from './connector.ts';

let pki: Pki;
const closing: (() => void | Promise<void>)[] = [];
beforeAll(async () => {
  pki = await makePki();
  const server = await makeCertificate({ name: 'api', by: pki.authority, hosts: ['api.test', '127.0.0.1'] });
  pki = { ...pki, server };
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const fine: Handler = (_, response) => answerJson(response, { gitVersion: 'v1.36.3' });
const Version = z.object({ gitVersion: z.string() });
const serve = async (handler: Handler = fine, host = '127.0.0.1'): Promise<TestServer> => {
  const server = await startServer(handler, { certificate: pki.server, host });
  closing.push(() => server.close());
  return server;
};
/** A port that counts who comes. */
const listen = async (host: string): Promise<{ readonly port: number; readonly visits: number }> => {
  const visitors: Socket[] = [];
  const server = createServer((socket) => {
    visitors.push(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closing.push(() => {
    for (const socket of visitors) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get visits() {
      return visitors.length;
    },
  };
};

const local = (change: Partial<ConnectorOptions> = {}) =>
  createClusterConnector({ allow: allowing('127.0.0.1/32'), isLoopbackAllowed: true, version: '0.1.0', ...change });
const connect = async (url: string, change: Partial<ConnectorOptions> = {}, signal = new AbortController().signal) => {
  const connected = await local(change).connect(kubeconfigText(pki, url), signal);
  if (!connected.ok) throw new Error(connected.failure.say);
  closing.push(connected.value.close);
  return connected.value;
};
const outside = 'is outside the addresses that may be connected to (127.0.0.1/32)';

it('connects, and sends nothing before it is asked to', async () => {
  const server = await serve();
  const { access } = await connect(server.url);
  expect(server.connections).toBe(0);
  expect(await access.get('/version', Version)).toEqual({ ok: true, value: { gitVersion: 'v1.36.3' } });
  expect(server.received[0]).toMatchObject({ client: 'kubernetes-admin', headers: { 'user-agent': 'gatehouse/0.1.0' } });
});

it('examines without a connection', async () => {
  const server = await serve();
  expect(await local().examine(kubeconfigText(pki, server.url))).toMatchObject({ ok: true, value: { server: server.url } });
  expect(server.connections).toBe(0);
});

it('makes no ports for what examine refuses', async () => {
  const server = await serve();
  const { signal } = new AbortController();
  const refused = await createClusterConnector({ allow: allowing('127.0.0.1/32'), version: '0' }).connect(
    kubeconfigText(pki, server.url),
    signal,
  );
  expect(refused).toMatchObject({
    ok: false,
    failure: { code: 'kubeconfig-invalid', say: expect.stringContaining('127.0.0.1 is a loopback address') },
  });
  expect(server.connections).toBe(0);
});

it('goes to no address that a name leads to only later', async () => {
  const victim = await listen('127.0.0.2');
  const change = (...answers: readonly (readonly string[])[]) => ({ resolve: resolving(...answers) });
  const { access, tls } = await connect(`https://api.test:${victim.port}`, change(['127.0.0.1'], ['127.0.0.2']));
  const refusal = (who: string, where: string) => ({
    ok: false,
    failure: {
      code: 'cluster-untrusted',
      say: `${who} at ${where} is not contacted because it leads to an address that ${outside}; correct the address, or ask whoever runs Gatehouse to allow it.`,
    },
  });
  expect(await access.get('/version', Version)).toEqual(refusal('The API server', `https://api.test:${victim.port}`));
  expect(await tls.probe({ host: 'api.test', port: victim.port }, [])).toEqual(refusal('The TLS server', `api.test:${victim.port}`));
  expect(victim.visits).toBe(0);
  // the same with an answer that stays good
  const server = await serve();
  const good = await connect(`https://api.test:${server.port}`, change(['127.0.0.1'], ['127.0.0.1']));
  expect(await good.access.get('/version', Version)).toMatchObject({ ok: true });
  expect(await good.tls.probe({ host: 'api.test', port: server.port }, [])).toMatchObject({ ok: true });
});

it('follows no redirect', async () => {
  const elsewhere = await serve();
  const server = await serve((_, response) => void response.writeHead(302, { location: `${elsewhere.url}/version` }).end());
  const { access } = await connect(server.url);
  expect(await access.get('/version', Version)).toMatchObject({
    failure: { code: 'answer-invalid', say: expect.stringContaining('is no API server: it met GET /version with status 302') },
  });
  expect([server.received.length, elsewhere.connections]).toEqual([1, 0]);
});

it('uses no proxy of the environment', async () => {
  const proxy = await listen('127.0.0.1');
  const server = await serve();
  const before = process.env.HTTPS_PROXY;
  process.env.HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
  try {
    expect(await (await connect(server.url)).access.get('/version', Version)).toMatchObject({ ok: true });
  } finally {
    if (before === undefined) delete process.env.HTTPS_PROXY;
    else process.env.HTTPS_PROXY = before;
  }
  expect(proxy.visits).toBe(0);
});

it('gives up on a server that is slow, and when it is cancelled', async () => {
  const server = await serve(() => undefined);
  expect(await (await connect(server.url, { timeoutMs: 100 })).access.get('/version', Version)).toMatchObject({
    failure: { code: 'timed-out' },
  });
  const stop = new AbortController();
  const { access } = await connect(server.url, {}, stop.signal);
  stop.abort();
  expect(await access.get('/version', Version)).toMatchObject({ failure: { code: 'cancelled' } });
});

describe('kubelets', () => {
  const Config = z.object({ ok: z.boolean() });
  const kubelet: Handler = (_, response) => answerJson(response, { ok: true });

  it('are asked only at addresses that are allowed', async () => {
    const good = await serve(kubelet);
    const bad = await listen('127.0.0.2');
    const { kubelets } = await connect(good.url, { resolve: resolving(['127.0.0.2']) });
    const ask = (addresses: readonly string[], port: number) =>
      kubelets.get({ node: addresses.join(), addresses, port }, '/configz', Config);
    expect(await ask(['127.0.0.1'], good.port)).toMatchObject({ ok: true, value: { value: { ok: true } } });
    for (const address of ['127.0.0.2', '::ffff:127.0.0.2', 'node.test', '0x7f.2', '169.254.169.254']) {
      expect(await ask([address], bad.port)).toMatchObject({
        ok: false,
        failure: { code: 'cluster-untrusted', say: expect.stringMatching(/^The kubelet of node \S+ at \S+ is not contacted because /) },
      });
    }
    expect(bad.visits).toBe(0);
    // another address of the same node may be allowed
    expect(await ask(['127.0.0.2', '127.0.0.1'], good.port)).toMatchObject({ ok: true });
  });

  it('outside do not keep those inside from being asked', async () => {
    const good = await serve(kubelet);
    const { kubelets } = await connect(good.url);
    for (let node = 0; node < 25; node += 1)
      await kubelets.get({ node: `w${node}`, addresses: ['127.0.0.2'], port: good.port }, '/configz', Config);
    expect(await kubelets.get({ node: 'cp1', addresses: ['127.0.0.1'], port: good.port }, '/configz', Config)).toMatchObject({ ok: true });
  });
});

it('probes TLS only at addresses that are allowed', async () => {
  const server = await serve();
  const bad = await listen('127.0.0.2');
  const { tls } = await connect(server.url);
  expect(await tls.probe({ host: '127.0.0.2', port: bad.port }, [])).toMatchObject({
    failure: { code: 'cluster-untrusted', say: expect.stringContaining(`because 127.0.0.2 ${outside}`) },
  });
  expect(bad.visits).toBe(0);
  const suite = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256';
  expect(await tls.probe({ host: '127.0.0.1', port: server.port }, [suite])).toMatchObject({
    ok: true,
    value: { suitesOffered: [suite], weakSuitesAccepted: [suite] },
  });
});
