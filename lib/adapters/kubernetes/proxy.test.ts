import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { connectionTo } from '../../../test/support/connection.ts';
import { answerJson, startServer, type TestServer } from '../../../test/support/https-server.ts';
import type { Connection } from './connection.ts';
import { connectTo } from './index.ts';

let pki: Pki;
let server: TestServer;
const closing: (() => void)[] = [];
beforeAll(async () => {
  pki = await makePki();
});
beforeEach(async () => {
  server = await startServer((_, response) => answerJson(response, { ok: true }), { certificate: pki.server });
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await server.close();
});

const listening = async (proxy: Server): Promise<number> => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closing.push(() => proxy.close());
  return (proxy.address() as AddressInfo).port;
};

/** An HTTP proxy that passes connections on to the test server whatever host they are for, or refuses to. */
const httpProxy = async (status = 200): Promise<{ url: URL; asked: string[]; authorizations: (string | undefined)[] }> => {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const proxy = createHttpServer();
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    socket.on('error', () => socket.destroy());
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connectSocket(server.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    closing.push(() => socket.destroy());
  });
  return { url: new URL(`http://user:pass@127.0.0.1:${await listening(proxy)}`), asked, authorizations };
};

/** A SOCKS 5 proxy that takes names, or refuses. */
const socksProxy = async (refuse = false): Promise<{ url: URL; asked: string[] }> => {
  const asked: string[] = [];
  const proxy = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    closing.push(() => socket.destroy());
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request: Buffer) => {
        const isName = request[3] === 3;
        asked.push(isName ? request.subarray(5, 5 + (request[4] ?? 0)).toString('utf8') : 'an address');
        socket.write(Buffer.from([5, refuse ? 5 : 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        if (refuse) return socket.end();
        const onward = connectSocket(server.port, '127.0.0.1');
        onward.on('error', () => socket.destroy());
        onward.pipe(socket).pipe(onward);
      });
    });
  });
  return { url: new URL(`socks5://127.0.0.1:${await listening(proxy)}`), asked };
};

/** Asks an API server that only the proxy knows. */
const through = async (change: Partial<Connection>) => {
  const trust = { ca: pki.authority.cert, skipVerification: false, serverName: 'localhost' };
  const connected = await connectTo(connectionTo('https://api.behind.invalid:6443', pki, { trust, ...change }), { tries: 1 });
  if (!connected.ok) throw new Error(connected.failure.say);
  closing.push(connected.value.close);
  const read = () => connected.value.access.get('/version', z.object({ ok: z.boolean() }));
  return { ...connected.value, read };
};
const fine = { ok: true, value: { ok: true } };

it('goes through the HTTP proxy of the kubeconfig, with its password, and keeps the connection', async () => {
  const { url, asked, authorizations } = await httpProxy();
  const { read, description } = await through({ proxy: url });
  expect(await read()).toEqual(fine);
  expect(await read()).toEqual(fine);
  expect(asked).toEqual(['api.behind.invalid:6443']);
  expect(authorizations).toEqual([`Basic ${Buffer.from('user:pass').toString('base64')}`]);
  expect(server.received[0]).toMatchObject({ url: '/version', client: 'kubernetes-admin' });
  expect(description.proxy).toBe(`http://${url.host}`);
});

it('goes through the proxy of the environment', async () => {
  const { url, asked } = await httpProxy();
  const { read, description } = await through({ env: { HTTPS_PROXY: url.href } });
  expect(await read()).toEqual(fine);
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(description)).not.toContain('pass@');
});

it('goes through a SOCKS proxy, which resolves the name', async () => {
  const { url, asked } = await socksProxy();
  const { read } = await through({ proxy: url });
  expect(await read()).toEqual(fine);
  expect(asked).toEqual(['api.behind.invalid']);
});

it('finds a server by its address behind a proxy, and checks that its certificate is for that address', async () => {
  const { url } = await httpProxy();
  const trust = { ca: pki.authority.cert, skipVerification: false };
  const { read } = await through({ proxy: url, trust, server: new URL('https://127.0.0.1:6443') });
  expect(await read()).toEqual(fine);
  const other = await through({ proxy: url, trust, server: new URL('https://10.9.8.7:6443') });
  expect(await other.read()).toMatchObject({
    failure: { code: 'cluster-untrusted', say: expect.stringContaining('other names (127.0.0.1') },
  });
});

it('still verifies the server behind a proxy', async () => {
  const { url } = await httpProxy();
  const { read } = await through({ proxy: url, trust: { ca: pki.authority.cert, skipVerification: false } });
  expect(await read()).toMatchObject({ failure: { code: 'cluster-untrusted', say: expect.stringContaining('other names') } });
});

it.each([403, 407, 502])('says when a proxy refuses with %i, and does not take that for the answer', async (status) => {
  const { url } = await httpProxy(status);
  const { read } = await through({ proxy: url });
  const answer = await read();
  expect(answer).toMatchObject({
    failure: { code: 'cluster-unreachable', say: expect.stringContaining(`refused to pass the connection on (${status})`) },
  });
  expect(JSON.stringify(answer)).not.toContain('pass@');
});

it('says when a SOCKS proxy refuses', async () => {
  const { url } = await socksProxy(true);
  const { read } = await through({ proxy: url });
  expect(await read()).toMatchObject({ failure: { code: 'cluster-unreachable', say: expect.stringContaining('the proxy') } });
});

it('says when a proxy is not there', async () => {
  const { url } = await httpProxy();
  for (const close of closing.splice(0)) close();
  const { read } = await through({ proxy: url });
  expect(await read()).toMatchObject({
    failure: { code: 'cluster-unreachable', say: expect.stringContaining(`the proxy http://${url.host} cannot be reached`) },
  });
});

it('asks kubelets and probes TLS through the proxy, too', async () => {
  const { url, asked } = await httpProxy();
  const { kubelets, tls } = await through({ proxy: url });
  const kubelet = { node: 'cp1', addresses: ['10.9.8.7'], port: 10250 };
  expect(await kubelets.get(kubelet, '/configz', z.object({ ok: z.boolean() }))).toMatchObject({
    ok: true,
    value: { value: { ok: true } },
  });
  expect(await tls.probe({ host: '10.9.8.7', port: 6443 }, ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'])).toMatchObject({
    ok: true,
    value: { weakSuitesAccepted: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'], certificate: { subject: 'CN=kube-apiserver' } },
  });
  expect(asked).toEqual(['10.9.8.7:10250', '10.9.8.7:6443', '10.9.8.7:6443']);
});
