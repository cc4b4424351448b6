import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { codeOf, sayOf } from '../../../../test/support/answers.ts';
import { makeCertificate, type Pair } from '../../../../test/support/certificates.ts';
import { answerJson, type Handler, startServer, type TestServer } from '../../../../test/support/https-server.ts';
import { type NameProxy, startNameProxy } from '../../../../test/support/name-proxy.ts';
import { buildImage, makeTar, type Tagged } from '../../../../test/support/oci-images.ts';
import { type Before, startRegistryServer } from '../../../../test/support/registry-server.ts';
import { createRegistrySource, type RegistrySource } from './registry-source.ts';

const image = buildImage({ layers: [makeTar([{ name: 'a', body: 'a' }])] });
const held: readonly Tagged[] = [{ name: 'team/app:1', root: image.manifest, images: [image] }];
const platform = { os: 'linux', architecture: 'amd64' };
const { signal } = new AbortController();
const basic = `Basic ${Buffer.from('user:s3cr:et').toString('base64')}`;
const authFor = (key: string, more: object = { auth: Buffer.from('user:s3cr:et').toString('base64') }): string =>
  JSON.stringify({ auths: { [key]: more } });

let authority: Pair;
let certificate: Pair;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  authority = await makeCertificate({ name: 'authority', isAuthority: true });
  certificate = await makeCertificate({
    name: 'example',
    hosts: ['registry.example', 'auth.example', 'blobs.example', '127.0.0.1'],
    by: authority,
  });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => expect(closing).toEqual([]));

interface World {
  readonly source: RegistrySource;
  readonly registry: TestServer;
  readonly tokens: TestServer;
  readonly blobs: TestServer;
  readonly proxy: NameProxy;
}
/** A registry, its token service and its storage on three hosts that are not this machine. */
const world = async (
  before: Before,
  tokenHandler: Handler = (_, response) => answerJson(response, { token: 'the-token' }),
): Promise<World> => {
  const registry = await startRegistryServer(held, before, { certificate });
  const tokens = await startServer(tokenHandler, { certificate });
  const blobs = await startRegistryServer(held, () => false, { certificate });
  const proxy = await startNameProxy({
    'registry.example:443': registry.port,
    'auth.example:443': tokens.port,
    'blobs.example:443': blobs.port,
  });
  const source = createRegistrySource({ ca: authority.cert, env: { HTTPS_PROXY: proxy.url.href }, patience: { pauseMs: 1 } });
  closing.push(source.close, registry.close, tokens.close, blobs.close, proxy.close);
  return { source, registry, tokens, blobs, proxy };
};
const challenge =
  (text: string): Before =>
  (request, response) => {
    if (request.headers.authorization !== undefined) return false;
    response.writeHead(401, { 'www-authenticate': text }).end();
    return true;
  };
const bearer = (realm: string, more = ''): Before =>
  challenge(`Bearer realm="${realm}",service="registry.example",scope="repository:team/app:pull"${more}`);
const open = ({ source }: World, ...credentials: readonly string[]) =>
  source.open({ reference: 'registry.example/team/app:1', platform, credentials, signal });

it('gives the password to the token service that the registry names, and the token to the registry', async () => {
  const seen = await world(bearer('https://auth.example/token?x=1'));
  expect(codeOf(await open(seen, authFor('registry.example')))).toBe('ok');
  expect(seen.tokens.received).toHaveLength(1);
  expect(seen.tokens.received[0]).toMatchObject({
    method: 'GET',
    url: '/token?x=1&service=registry.example&scope=repository%3Ateam%2Fapp%3Apull&account=user',
    headers: { authorization: basic },
  });
  const sent = new Set(seen.registry.received.map(({ headers }) => headers.authorization));
  expect([...sent]).toEqual([undefined, 'Bearer the-token']);
});

it('never asks for more than pulling', async () => {
  const seen = await world(
    challenge('Bearer realm="https://auth.example/token",scope="repository:team/app:pull,push,delete registry:catalog:*"'),
  );
  expect(codeOf(await open(seen))).toBe('ok');
  expect(new URL(seen.tokens.received[0]?.url ?? '', 'http://x').searchParams.get('scope')).toBe('repository:team/app:pull');
  expect(seen.tokens.received[0]?.headers.authorization).toBeUndefined();
});

it('exchanges an identity token by a form', async () => {
  const seen = await world(bearer('https://auth.example/token'), (_, response) => answerJson(response, { access_token: 'fresh' }));
  expect(
    codeOf(
      await open(seen, authFor('registry.example', { auth: Buffer.from('<token>:').toString('base64'), identitytoken: 'refresh-me' })),
    ),
  ).toBe('ok');
  expect(seen.tokens.received[0]).toMatchObject({ method: 'POST', url: '/token' });
  expect(Object.fromEntries(new URLSearchParams(seen.tokens.received[0]?.body))).toEqual({
    grant_type: 'refresh_token',
    client_id: 'gatehouse',
    refresh_token: 'refresh-me',
    service: 'registry.example',
    scope: 'repository:team/app:pull',
  });
});

it('uses a finished token as it is', async () => {
  const seen = await world(bearer('https://auth.example/token'));
  expect(codeOf(await open(seen, authFor('registry.example', { registrytoken: 'ready' })))).toBe('ok');
  expect(seen.tokens.received).toEqual([]);
  expect(seen.registry.received.at(-1)?.headers.authorization).toBe('Bearer ready');
});

it('gets another token when one has ended', async () => {
  let count = 0;
  const before: Before = (request, response) => {
    const isOld = request.headers.authorization === 'Bearer token-1' && request.url.includes('/blobs/');
    return isOld || request.headers.authorization === undefined
      ? bearer('https://auth.example/token')({ ...request, headers: {} }, response, 0)
      : false;
  };
  const seen = await world(before, (_, response) => {
    count += 1;
    answerJson(response, { token: `token-${count}` });
  });
  expect(codeOf(await open(seen))).toBe('ok');
  expect(count).toBe(2);
});

it('sends nothing to the storage that the registry redirects to', async () => {
  const redirecting: Before = (request, response, count) => {
    if (bearer('https://auth.example/token')(request, response, count)) return true;
    if (!request.url.includes('/blobs/')) return false;
    response.writeHead(307, { location: `https://blobs.example${request.url}` }).end();
    return true;
  };
  const seen = await world(redirecting);
  expect(codeOf(await open(seen, authFor('registry.example')))).toBe('ok');
  expect(seen.blobs.received).toHaveLength(1);
  expect(seen.blobs.received[0]?.headers.authorization).toBeUndefined();
});

it('does not sign in where a redirect leads, whatever is asked for there', async () => {
  const seen = await world((request, response) => {
    response.writeHead(302, { location: `https://blobs.example/elsewhere${request.url}` }).end();
    return true;
  });
  const hostile = await startServer((_, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(), {
    certificate,
  });
  const proxy = await startNameProxy({ 'registry.example:443': seen.registry.port, 'blobs.example:443': hostile.port });
  const source = createRegistrySource({ ca: authority.cert, env: { HTTPS_PROXY: proxy.url.href } });
  closing.push(source.close, hostile.close, proxy.close);
  const refused = await source.open({
    reference: 'registry.example/team/app:1',
    platform,
    credentials: [authFor('registry.example')],
    signal,
  });
  expect(codeOf(refused)).toBe('credential-refused');
  expect(hostile.received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

it.each([
  ['plain HTTP', 'http://auth.example/token', 'it is plain HTTP, where anybody on the way can read the password'],
  ['a file', 'file:///etc/passwd', 'its address is none of the form https://…'],
  ['nothing', '', 'its address is none of the form https://…'],
  ['an address with a password', 'https://me:you@auth.example/token', 'its address holds a password'],
])('does not ask a token service that is %s', async (_, realm, why) => {
  const seen = await world(bearer(realm));
  const refused = await open(seen, authFor('registry.example'));
  expect(codeOf(refused)).toBe('answer-invalid');
  expect(sayOf(refused)).toBe(`The registry registry.example names a token service that is not asked: ${why}.`);
});

it('gives the password of one host to no other', async () => {
  const seen = await world(challenge('Basic realm="x"'));
  const others = ['registry.example:8443', 'example', '*.registry.example', 'registry.example/team/apple', 'auth.example'].map((key) =>
    authFor(key),
  );
  expect(codeOf(await open(seen, ...others))).toBe('credential-refused');
  expect(seen.registry.received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  expect(codeOf(await open(seen, authFor('*.example/team')))).toBe('ok');
  expect(seen.registry.received.at(-1)?.headers.authorization).toBe(basic);
});

it('says that it runs no credential helper, and that a secret could not be read', async () => {
  const seen = await world(challenge('Basic realm="x"'));
  const refused = await open(seen, JSON.stringify({ credHelpers: { 'registry.example': 'ecr-login' } }), 'no json');
  expect(sayOf(refused)).toContain(
    'A credential helper is named for it, which Gatehouse does not run; put the credential itself into an auth file.',
  );
  expect(sayOf(refused)).toContain('Of the pull secrets and auth files, 1 could not be read.');
});

it.each([
  ['a refusal', 401, 'refused the credential it was given'],
  ['an outage', 503, 'failed (503)'],
  ['a redirect', 302, 'refused the credential'],
])('tells %s of the token service, and no secret', async (_, status, say) => {
  const seen = await world(
    bearer('https://auth.example/token'),
    (__, response) => void response.writeHead(status, { location: 'https://blobs.example/' }).end('s3cr:et'),
  );
  const refused = await open(seen, authFor('registry.example'));
  expect(sayOf(refused)).toContain(say);
  expect(JSON.stringify(refused)).not.toContain('s3cr');
  expect(seen.blobs.received).toEqual([]);
});

it.each([
  ['none', {}],
  ['one with a line break', { token: 'a\r\nx-evil: 1' }],
  ['one of megabytes', { token: 'x'.repeat(2 ** 20) }],
])('takes no token that is %s', async (_, answer) => {
  const seen = await world(bearer('https://auth.example/token'), (__, response) => answerJson(response, answer));
  expect(codeOf(await open(seen))).toBe('answer-invalid');
});

it('does not go round in circles with a registry that is never satisfied', async () => {
  const seen = await world((_, response) => {
    response
      .writeHead(401, { 'www-authenticate': 'Bearer realm="https://auth.example/token"' })
      .end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    return true;
  });
  const refused = await open(seen, authFor('registry.example'));
  expect(codeOf(refused)).toBe('credential-refused');
  expect(seen.registry.received.length).toBeLessThan(8);
});
