import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeCertificate, makePki, type Pair, type Pki } from '../../../test/support/certificates.ts';
import { connectionTo } from '../../../test/support/connection.ts';
import {
  answerJson,
  answerStatus,
  type Handler,
  type ServerOptions,
  startServer,
  type TestServer,
} from '../../../test/support/https-server.ts';
import { failed, succeed } from '../../core/failure.ts';
import type { Connection, Credential } from './connection.ts';
import { type ConnectOptions, connectTo } from './index.ts';
import { createKubeletAccess } from './kubelet.ts';

let pki: Pki;
let nodeAuthority: Pair;
let kubeletCertificate: Pair;
const closing: (() => void | Promise<void>)[] = [];
beforeAll(async () => {
  pki = await makePki();
  nodeAuthority = await makeCertificate({ name: 'cp1-ca@1', isAuthority: true });
  kubeletCertificate = await makeCertificate({ name: 'cp1@1', by: nodeAuthority, until: '2027-06-01T00:00:00Z' });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const serve = async (handler: Handler, options: ServerOptions = {}): Promise<TestServer> => {
  const server = await startServer(handler, { certificate: kubeletCertificate, chain: nodeAuthority.cert, ...options });
  closing.push(() => server.close());
  return server;
};
const config: Handler = (_, response) => answerJson(response, { kubeletconfig: { podPidsLimit: -1, secret: 'x' } });
const Config = z.object({ kubeletconfig: z.object({ podPidsLimit: z.number() }) });
const value = { kubeletconfig: { podPidsLimit: -1 } };
const at = (server: TestServer, addresses: readonly string[] = ['127.0.0.1']) => ({ node: 'cp1', addresses, port: server.port });

/** Answers a request for a token of the reader, or refuses. */
const tokens =
  (status = 201): Handler =>
  (_, response, count) =>
    status === 201
      ? answerJson(response, { status: { token: `short-${count}`, expirationTimestamp: '2026-01-01T00:10:00Z' } }, 201)
      : answerStatus(response, status, 'User "me" cannot create resource "serviceaccounts/token"');

/** Kubelets as a user with the credential given reaches them, and the API server of that user. */
const reach = async (
  change: Partial<Connection> & { readonly credential?: Credential } = {},
  options: ConnectOptions = {},
  api: Handler = tokens(),
) => {
  const apiServer = await startServer(api, { certificate: pki.server });
  closing.push(() => apiServer.close());
  const connected = await connectTo(connectionTo(apiServer.url, pki, change), { backoffMs: 1, ...options });
  if (!connected.ok) throw new Error(connected.failure.say);
  closing.push(connected.value.close);
  return { kubelets: connected.value.kubelets, access: connected.value.access, apiServer };
};
const bearer = { credential: { authorization: 'Bearer main-credential' } };

describe('with a client certificate', () => {
  it('asks the kubelet with it, and reports the certificate that the kubelet showed', async () => {
    const kubelet = await serve(config);
    const { kubelets, apiServer } = await reach();
    expect(await kubelets.get(at(kubelet), '/configz', Config)).toEqual({
      ok: true,
      value: {
        value,
        certificate: { subject: 'CN=cp1@1', issuer: 'CN=cp1-ca@1', selfSigned: true, notAfter: '2027-06-01T00:00:00.000Z' },
      },
    });
    expect(kubelet.received[0]).toMatchObject({ url: '/configz', client: 'kubernetes-admin' });
    expect(kubelet.received[0]?.headers.authorization).toBeUndefined();
    expect(apiServer.received).toEqual([]);
  });

  it('does not call a certificate self-signed that the cluster signed', async () => {
    const kubelet = await serve(config, {
      certificate: await makeCertificate({ name: 'cp1', by: pki.authority }),
      chain: pki.authority.cert,
    });
    const { kubelets } = await reach();
    expect(await kubelets.get(at(kubelet), '/configz', Config)).toMatchObject({
      value: { certificate: { selfSigned: false, issuer: 'CN=kubernetes' } },
    });
  });

  it('asks for the form given', async () => {
    const kubelet = await serve(config);
    const { kubelets } = await reach();
    await kubelets.get(at(kubelet), '/flagz', Config, { accept: 'application/json;as=Flagz', query: { a: 'b' } });
    expect(kubelet.received[0]).toMatchObject({ url: '/flagz?a=b', headers: { accept: 'application/json;as=Flagz' } });
  });

  it('does not show it when the user acts as somebody else, whom a kubelet would not know of', async () => {
    const kubelet = await serve(config);
    const { kubelets, apiServer } = await reach({ impersonation: { 'Impersonate-User': 'jane' } });
    expect(await kubelets.get(at(kubelet), '/configz', Config)).toMatchObject({ ok: true });
    expect(kubelet.received[0]?.client).toBeUndefined();
    expect(kubelet.received[0]?.headers).toMatchObject({ authorization: 'Bearer short-1' });
    expect(kubelet.received[0]?.headers['impersonate-user']).toBeUndefined();
    expect(apiServer.received[0]?.headers['impersonate-user']).toBe('jane');
  });
});

describe('with a token', () => {
  it('never sends it to a kubelet, but a short-lived one of an account that can do nothing else', async () => {
    const kubelet = await serve(config);
    const { kubelets, apiServer } = await reach(bearer);
    await Promise.all([kubelets.get(at(kubelet), '/configz', Config), kubelets.get(at(kubelet), '/configz', Config)]);
    await kubelets.get(at(kubelet), '/configz', Config);
    expect(kubelet.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer short-1', 'Bearer short-1', 'Bearer short-1']);
    expect(JSON.stringify(kubelet.received)).not.toContain('main-credential');
    expect(apiServer.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v1/namespaces/gatehouse/serviceaccounts/gatehouse-kubelet-reader/token',
    ]);
    expect(JSON.parse(apiServer.received[0]?.body ?? '')).toEqual({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 600 },
    });
  });

  it('sends no password either', async () => {
    const kubelet = await serve(config);
    const { kubelets } = await reach({ credential: { authorization: 'Basic bWFpbg==' } });
    await kubelets.get(at(kubelet), '/configz', Config);
    expect(kubelet.received[0]?.headers.authorization).toBe('Bearer short-1');
  });

  it('uses the account that it is told', async () => {
    const kubelet = await serve(config);
    const { kubelets, apiServer } = await reach(bearer, { kubeletReader: { namespace: 'security', name: 'reader' } });
    await kubelets.get(at(kubelet), '/configz', Config);
    expect(apiServer.received[0]?.url).toBe('/api/v1/namespaces/security/serviceaccounts/reader/token');
  });

  it.each([
    [403, 'may not create a token of ServiceAccount gatehouse/gatehouse-kubelet-reader'],
    [404, 'there is no ServiceAccount gatehouse/gatehouse-kubelet-reader'],
  ])('says what is missing when the API server answers %i, and asks no kubelet', async (status, why) => {
    const kubelet = await serve(config);
    const { kubelets, apiServer } = await reach(bearer, {}, tokens(status));
    const answer = await kubelets.get(at(kubelet), '/configz', Config);
    expect(answer).toMatchObject({
      ok: false,
      failure: { code: 'permission-missing', needs: 'create serviceaccounts/token', say: expect.stringContaining(why) },
    });
    expect(answer).toMatchObject({ failure: { say: expect.stringContaining('"gatehouse permissions"') } });
    await kubelets.get(at(kubelet), '/configz', Config);
    expect(kubelet.received).toEqual([]);
    expect(apiServer.received).toHaveLength(1);
  });
});

describe('refusals', () => {
  it.each([
    [401, 'credential-refused', 'does not accept the credential'],
    [403, 'permission-missing', 'the right to get nodes/configz is missing'],
    [404, 'not-found', 'does not serve /configz'],
    [406, 'version-unsupported', 'in the form'],
    [500, 'answer-invalid', 'with status 500'],
  ])('understands %i', async (status, code, say) => {
    const kubelet = await serve((_, response) => void response.writeHead(status).end('Forbidden (user=me)'));
    const { kubelets } = await reach();
    expect(await kubelets.get(at(kubelet), '/configz', Config)).toMatchObject({ failure: { code, say: expect.stringContaining(say) } });
  });

  it('hands metrics on as text, and names the right to them', async () => {
    const kubelet = await serve((_, response, count) => void response.writeHead(count === 1 ? 200 : 403).end('kubelet_cgroup_version 2'));
    const { kubelets } = await reach();
    const ask = () => kubelets.get(at(kubelet), '/metrics', z.string(), { accept: 'text/plain' });
    expect(await ask()).toMatchObject({ value: { value: 'kubelet_cgroup_version 2' } });
    expect(await ask()).toMatchObject({
      failure: { needs: 'get nodes/metrics', say: expect.stringContaining('get nodes/metrics is missing') },
    });
  });

  it('names the node whose answer does not fit', async () => {
    const kubelet = await serve((_, response) => answerJson(response, { kubeletconfig: {} }));
    const { kubelets } = await reach();
    expect(await kubelets.get(at(kubelet), '/configz', Config)).toMatchObject({
      failure: {
        code: 'answer-invalid',
        say: expect.stringContaining('/configz of the kubelet of node cp1 is not shaped as expected at kubeletconfig.podPidsLimit'),
      },
    });
  });
});

describe('addresses', () => {
  it('tries one after another, IPv6 too, and remembers which answered', async () => {
    const kubelet = await serve(config, { host: '::1' });
    const { kubelets } = await reach();
    const both = at(kubelet, ['127.0.0.1', '::1']);
    expect(await kubelets.get(both, '/configz', Config)).toMatchObject({ ok: true });
    expect(await kubelets.get(both, '/flagz', Config)).toMatchObject({ ok: true });
    expect(kubelet.received.map(({ url }) => url)).toEqual(['/configz', '/flagz']);
    expect(kubelet.connections).toBe(1);
  });

  it('says which node could not be reached', async () => {
    const kubelet = await serve(config);
    await kubelet.close();
    const { kubelets } = await reach();
    expect(await kubelets.get(at(kubelet), '/configz', Config)).toMatchObject({
      failure: {
        code: 'cluster-unreachable',
        say: expect.stringContaining(`The kubelet of node cp1 at 127.0.0.1:${kubelet.port} refused`),
      },
    });
  });

  it('does not try a node again that could not be reached', async () => {
    let tried = 0;
    const rude = createServer((socket) => {
      tried += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    closing.push(() => void rude.close());
    await once(rude, 'listening');
    const kubelet = { node: 'cp1', addresses: ['127.0.0.1'], port: (rude.address() as AddressInfo).port };
    const { kubelets } = await reach();
    const first = await kubelets.get(kubelet, '/configz', Config);
    expect(first).toMatchObject({ failure: { code: 'cluster-unreachable', say: expect.stringContaining('broke off') } });
    expect(await kubelets.get(kubelet, '/flagz', Config)).toEqual(first);
    expect(tried).toBe(1);
  });

  it('says when a node has no address', async () => {
    const kubelet = await serve(config);
    const { kubelets } = await reach();
    expect(await kubelets.get(at(kubelet, []), '/configz', Config)).toMatchObject({
      failure: { say: expect.stringContaining('no internal address') },
    });
  });

  it.each(['a b', '../x', 'fe80::1%eth0', ''])('passes over an address that is none: %s', async (address) => {
    const kubelet = await serve(config);
    const { kubelets } = await reach();
    expect(await kubelets.get(at(kubelet, [address, '127.0.0.1']), '/configz', Config)).toMatchObject({ ok: true });
    expect(await kubelets.get({ ...at(kubelet, [address]), node: 'cp2' }, '/configz', Config)).toMatchObject({
      failure: { code: 'answer-invalid', say: expect.stringContaining('The node cp2 reports an address that is none') },
    });
  });

  it('waits only a moment for a connection', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    closing.push(() => void silent.close());
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const kubelets = createKubeletAccess({ certificate: pki.client, token: async () => failed('not-found', ''), connectTimeoutMs: 100 });
    closing.push(kubelets.close);
    expect(await kubelets.get({ node: 'cp1', addresses: ['127.0.0.1'], port }, '/configz', Config)).toMatchObject({
      failure: { code: 'timed-out', say: expect.stringContaining('(0.1 s)') },
    });
  });

  it('stops trying when none of many nodes can be reached', async () => {
    const kubelet = await serve(config);
    await kubelet.close();
    const kubelets = createKubeletAccess({ certificate: pki.client, token: async () => succeed(''), connections: 1 });
    closing.push(kubelets.close);
    const nodes = Array.from({ length: 25 }, (_, n) => ({ ...at(kubelet), node: `node${n}` }));
    const answers = await Promise.all(nodes.map((node) => kubelets.get(node, '/configz', Config)));
    const said = answers.map((answer) => (answer.ok ? '' : answer.failure.say));
    expect(said.filter((say) => say.includes('refused the connection'))).toHaveLength(20);
    expect(said[24]).toContain('The kubelet of node node24 was not asked because none of the first 20 nodes could be reached');
  });
});

describe('through the API server', () => {
  it('asks only there', async () => {
    const { kubelets, apiServer } = await reach(bearer, { kubelets: 'api-server-proxy' }, config);
    const kubelet = { node: 'cp1', addresses: ['10.0.0.1'], port: 10250 };
    expect(await kubelets.get(kubelet, '/configz', Config)).toEqual({ ok: true, value: { value } });
    expect(apiServer.received.map(({ url }) => url)).toEqual(['/api/v1/nodes/cp1/proxy/configz']);
  });

  it('names the right it needs', async () => {
    const { kubelets } = await reach(bearer, { kubelets: 'api-server-proxy' }, (_, response) =>
      answerStatus(response, 403, 'cannot get resource "nodes/proxy"'),
    );
    expect(await kubelets.get({ node: 'cp1', addresses: [], port: 10250 }, '/configz', Config)).toMatchObject({
      failure: { code: 'permission-missing', needs: 'get nodes/proxy' },
    });
  });
});
