import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../../test/support/answers.ts';
import { makeCertificate, type Pair } from '../../../../test/support/certificates.ts';
import { startNameProxy } from '../../../../test/support/name-proxy.ts';
import { buildImage, makeTar, type Tagged } from '../../../../test/support/oci-images.ts';
import { type Before, startRegistryServer } from '../../../../test/support/registry-server.ts';
import { createRegistrySource, type RegistrySourceOptions } from './registry-source.ts';
import { createWays } from './ways.ts';
import { send } from './wire.ts';

const image = buildImage({ layers: [makeTar([{ name: 'a', body: 'a' }])] });
const holding = (...names: readonly string[]): readonly Tagged[] => names.map((name) => ({ name, root: image.manifest, images: [image] }));
const platform = { os: 'linux', architecture: 'amd64' };
const { signal } = new AbortController();
const authFor = (key: string): string => JSON.stringify({ auths: { [key]: { username: 'user', password: 'secret' } } });
const demanding: Before = (request, response) =>
  request.headers.authorization === undefined && Boolean(response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end());

let authority: Pair;
let certificate: Pair;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  authority = await makeCertificate({ name: 'authority', isAuthority: true });
  certificate = await makeCertificate({
    name: 'example',
    hosts: ['registry-1.docker.io', 'registry.example', 'localhost', '127.0.0.1'],
    by: authority,
  });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const registry = async (names: readonly string[], before?: Before, isTls = false) => {
  const server = await startRegistryServer(holding(...names), before, isTls ? { certificate } : {});
  closing.push(server.close);
  return server;
};
const sourceWith = (options: RegistrySourceOptions) => {
  const source = createRegistrySource({ ca: authority.cert, patience: { pauseMs: 1 }, ...options });
  closing.push(source.close);
  return (reference: string, ...credentials: readonly string[]) => source.open({ reference, platform, credentials, signal });
};

describe('this machine', () => {
  it('is spoken to by TLS or plain HTTP, as it wants', async () => {
    const [plain, secure] = [await registry(['app:1']), await registry(['app:1'], undefined, true)];
    const open = sourceWith({});
    for (const { port } of [plain, secure]) {
      expect(codeOf(await open(`127.0.0.1:${port}/app:1`))).toBe('ok');
      expect(codeOf(await open(`localhost:${port}/app:1`))).toBe('ok');
    }
  });
  it('is not sent a password by plain HTTP because its certificate is not trusted', async () => {
    const secure = await registry(['app:1'], demanding, true);
    const source = createRegistrySource({ authFiles: [authFor(secure.host)] });
    closing.push(source.close);
    expect(codeOf(await source.open({ reference: `${secure.host}/app:1`, platform, signal }))).toBe('cluster-untrusted');
    expect(secure.received).toEqual([]);
  });
});

describe('other machines', () => {
  it('are Docker Hub and others, by TLS, through the proxy of the environment, and not where NO_PROXY says so', async () => {
    const hub = await registry(['library/nginx:latest'], demanding, true);
    const proxy = await startNameProxy({ 'registry-1.docker.io:443': hub.port });
    closing.push(proxy.close);
    const open = sourceWith({ env: { HTTPS_PROXY: proxy.url.href, NO_PROXY: 'no.invalid' } });
    const opened = must(await open('nginx', authFor('https://index.docker.io/v1/')));
    expect(opened.identity).toMatchObject({ name: 'nginx', repository: 'docker.io/library/nginx', tag: 'latest' });
    expect(sayOf(await open('other.example/app:1'))).toBe(
      `On the way to the registry other.example, the proxy http://${proxy.url.host} refused to pass the connection on (403); check HTTPS_PROXY and NO_PROXY.`,
    );
    expect(codeOf(await open('no.invalid/app:1'))).toBe('cluster-unreachable');
    expect([...new Set(proxy.asked)]).toEqual(['registry-1.docker.io:443', 'other.example:443']);
  });
  it('are spoken to by plain HTTP only where that is declared', async () => {
    const server = await registry(['app:1']);
    const proxy = await startNameProxy({ 'registry.example:5000': server.port });
    closing.push(proxy.close);
    const refused = await sourceWith({ proxy: proxy.url })('registry.example:5000/app:1');
    expect(sayOf(refused)).toContain('does not speak TLS; if it is a registry of plain HTTP, name it among the insecure registries.');
    expect(server.received).toEqual([]);
    expect(
      codeOf(await sourceWith({ proxy: proxy.url, insecureRegistries: ['registry.example:5000'] })('registry.example:5000/app:1')),
    ).toBe('ok');
  });
  it('are not those with a meaning of their own', async () => {
    const refused = await sourceWith({})('169.254.169.254/latest/meta-data:1');
    expect(codeOf(refused)).toBe('cluster-untrusted');
    expect(sayOf(refused)).toContain('is not contacted because 169.254.169.254 belongs to the metadata service of a cloud');
  });
  it('lead nobody to this machine', async () => {
    const ways = createWays({});
    closing.push(ways.close);
    const server = await registry(['app:1']);
    const url = new URL(server.url);
    const ask = async (mayBeHere: boolean) =>
      send({ ...(await ways.to(url, mayBeHere)), method: 'GET', url, headers: {}, answerMs: 5_000, signal });
    expect(await ask(false)).toMatchObject({ ok: false, fault: { kind: 'not-allowed' } });
    expect(await ask(true)).toMatchObject({ ok: true });
  });
  it('have names that lead somewhere', async () => {
    const refused = await sourceWith({})('registry.invalid/app:1');
    expect(sayOf(refused)).toBe(
      'The name of the registry registry.invalid cannot be resolved; check the name of the image, the DNS server, and whether a mirror or a proxy is needed.',
    );
  });
});

describe('mirrors', () => {
  it('are asked in their order, then the registry', async () => {
    const [empty, full] = [await registry([]), await registry(['cache/nginx:1'])];
    const mirrors = [{ prefix: 'docker.io/library', endpoints: [{ url: empty.url }, { url: full.url, rewritePrefix: 'cache' }] }];
    const opened = must(await sourceWith({ mirrors })('nginx:1'));
    expect(opened.identity.repository).toBe('docker.io/library/nginx');
    expect(empty.received.map(({ url }) => url)).toContain('/v2/library/nginx/manifests/1');
    expect(codeOf(await opened.layer(image.layers[0]?.digest ?? '', signal))).toBe('ok');
  });
  it('do not get the password of the registry', async () => {
    const mirror = await registry(['team/app:1'], demanding);
    const origin = await registry(['team/app:1'], demanding, true);
    const proxy = await startNameProxy({ 'registry.example:443': origin.port });
    closing.push(proxy.close);
    const mirrors = [{ prefix: 'registry.example', endpoints: [{ url: mirror.url }] }];
    const open = sourceWith({ mirrors, env: { HTTPS_PROXY: proxy.url.href } });
    expect(codeOf(await open('registry.example/team/app:1', authFor('registry.example')))).toBe('ok');
    expect(mirror.received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(codeOf(await open('registry.example/team/app:1', authFor(mirror.host)))).toBe('ok');
    expect(mirror.received.at(-1)?.headers.authorization).toBeDefined();
  });
  it('give way to the registry for a layer they have lost', async () => {
    const mirror = await registry(['app:1']);
    const origin = await registry(['app:1'], undefined, true);
    const mirrors = [{ prefix: origin.host, endpoints: [{ url: mirror.url }] }];
    const opened = must(await sourceWith({ mirrors })(`${origin.host}/app:1`));
    const digest = image.layers[0]?.digest ?? '';
    mirror.contents.delete(`/v2/app/blobs/${digest}`);
    expect(codeOf(await opened.layer(digest, signal))).toBe('ok');
  });
  it('are named when nothing helps', async () => {
    const [mirror, origin] = [await registry([]), await registry([])];
    const refused = await sourceWith({ mirrors: [{ prefix: origin.host, endpoints: [{ url: mirror.url }] }] })(`${origin.host}/app:1`);
    expect(sayOf(refused)).toContain(`The registry ${origin.host} does not have ${origin.host}/app:1`);
    expect(sayOf(refused)).toContain(`Its mirror ${mirror.host} was asked before: The registry ${mirror.host} does not have`);
  });
});

it('says that a certificate authority is none', async () => {
  expect(sayOf(await sourceWith({ ca: 'nonsense' })('nginx'))).toBe('The certificate authority for registries is not a PEM certificate.');
});
