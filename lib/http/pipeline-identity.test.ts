import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { allowing, resolving } from '../../test/support/addresses.ts';
import { must } from '../../test/support/answers.ts';
import { makeCertificate, makePki, type Pki } from '../../test/support/certificates.ts';
import { startHooks } from '../../test/support/hooks.ts';
import { answerJson, startServer } from '../../test/support/https-server.ts';
import { now, recorded } from '../../test/support/pipelines.ts';
import { allMighty, callOf } from '../../test/support/service.ts';
import { createFetcher } from '../adapters/webhooks/fetcher.ts';
import type { TrustRule } from '../gate/trust-rule.ts';
import { remoteKeys } from './oidc-keys.ts';
import { createPipelineIdentity } from './pipeline-identity.ts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
let pki: Pki;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let stranger: typeof keys;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  const made = await makePki();
  pki = { ...made, server: await makeCertificate({ name: 'gitlab', by: made.authority, hosts: ['gitlab.test'] }) };
  keys = await generateKeyPair('RS256');
  stranger = await generateKeyPair('RS256');
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A GitLab on loopback that signs tokens of jobs, and a Gatehouse that can reach it. */
const start = async ({ isReachable = true, isRedirecting = false } = {}) => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const issuerServer = await startServer(
    ({ url }, response) => {
      if (isRedirecting) return void response.writeHead(302, { location: 'https://other.test/' }).end();
      answerJson(response, url.endsWith('/keys') ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys` });
    },
    { certificate: pki.server },
  );
  const issuer = `https://gitlab.test:${issuerServer.port}`;
  const fetcher = createFetcher({
    ...{
      allow: allowing('127.0.0.1/32'),
      isLoopbackAllowed: isReachable,
      resolve: resolving(['127.0.0.1']),
      ca: pki.authority.cert,
      version: '1',
    },
  });
  const server = await startHooks({
    ...{ privateKey, decide: 'allow' },
    pipelines: ({ records, clock }) => createPipelineIdentity({ records, clock, keysOf: remoteKeys(clock, fetcher) }),
  });
  closing.push(
    () => server.close(),
    () => issuerServer.close(),
  );
  const trust = async (change: Partial<TrustRule> = {}) => {
    const rule: TrustRule = {
      ...{ name: 'fleet', system: 'gitlab', issuer, audience: 'https://gate.example.com', repositoryId: '3141' },
      ...{ claims: { ref: 'main', ref_protected: 'true' }, clusters: ['prod-a'], ...change },
    };
    const call = callOf<'pipelines.createTrustRule'>(allMighty, { params: { projectId: 'default' }, body: rule });
    return must(await server.pipelines['pipelines.createTrustRule'](call)).body;
  };
  const token = (change: object = {}, key = keys.privateKey, header: object = {}) =>
    new SignJWT({ ...recorded('gitlab-oidc-claims'), iss: issuer, ...change } as JWTPayload)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
      .sign(key);
  const question = { cluster: 'prod-a', target: { kubernetesVersion: 'v1.36.3' } };
  const ask = (bearer: string, body: object = question) =>
    server.ask({ method: 'POST', path: '/v1/gate/evaluations?wait=1', token: bearer, body });
  return { server, issuerServer, issuer, trust, token, ask };
};

it('lets a job ask about the clusters of its rule, and look at what it asked; nothing else', async () => {
  const { server, trust, token, ask, issuerServer } = await start();
  await trust();
  const bearer = await token();
  const answer = await ask(bearer);
  expect(answer).toMatchObject({ status: 200, json: { allowed: true } });
  const path = `/v1/gate/evaluations/${answer.json?.id}`;
  expect(await server.ask({ path, token: bearer })).toMatchObject({ status: 200, json: { id: answer.json?.id } });
  const another = await token({ sub: 'project_path:platform/fleet:ref_type:branch:ref:other' });
  expect((await server.ask({ path, token: another })).status).toBe(404);
  expect((await ask(bearer, { cluster: 'prod-b', target: { kubernetesVersion: 'v1.36.3' } })).status).toBe(403);
  for (const other of ['/v1/me', '/v1/projects', '/v1/tokens', `${path}/files/evaluation.json`, '/v1/projects/default/clusters'])
    expect((await server.ask({ path: other, token: bearer })).status).toBe(403);
  const record = (await server.ports.records.evaluations.get({ clusterId: server.cluster.id, name: String(answer.json?.id) }))?.value;
  expect(record?.requestedBy).toMatchObject({
    type: 'pipeline',
    name: 'platform/fleet on gitlab',
    id: expect.stringMatching(/^gitlab:3141:/),
  });
  expect(record?.request.source).toMatchObject({ system: 'gitlab', repositoryId: '3141', run: '574' });
  // discovery and keys, however many tokens came
  expect(issuerServer.received).toHaveLength(2);
});

it('takes no token that is forged, stale, for another service, of another repository or without a claim', async () => {
  const { trust, token, ask } = await start();
  await trust();
  const seconds = Math.floor(Date.parse(now) / 1000);
  const bad = [
    await token({}, stranger.privateKey),
    await token({ aud: 'https://other.example.com' }),
    await token({ iat: seconds - 7200, nbf: seconds - 7200, exp: seconds - 3600 }),
    await token({ iat: seconds + 3600, exp: seconds + 7200 }),
    await token({ exp: undefined }),
    await token({ project_id: '3142' }),
    await token({ ref_protected: 'false' }),
    await token({ ref: undefined }),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await token()).split('.')[1]}.`,
    `${(await token()).slice(0, -8)}AAAAAAAA`,
  ];
  for (const bearer of bad) expect((await ask(bearer)).status).toBe(401);
  expect((await ask(await token())).status).toBe(200);
});

it('asks nobody for keys whom no rule names', async () => {
  const { trust, token, ask, issuerServer } = await start();
  expect((await ask(await token())).status).toBe(401);
  await trust({ issuer: 'https://token.actions.githubusercontent.com' });
  expect((await ask(await token())).status).toBe(401);
  expect(issuerServer.received).toEqual([]);
});

it('forgets a job with its rule', async () => {
  const { server, trust, token, ask } = await start();
  const { id } = await trust();
  expect((await ask(await token())).status).toBe(200);
  const params = { projectId: 'default', trustRuleId: id };
  must(await server.pipelines['pipelines.deleteTrustRule'](callOf<'pipelines.deleteTrustRule'>(allMighty, { params }, 1)));
  expect((await ask(await token())).status).toBe(401);
});

it.each([
  ['lies where nothing may be connected to', { isReachable: false, isRedirecting: false }],
  ['sends elsewhere', { isReachable: true, isRedirecting: true }],
])('takes no token of an issuer that %s', async (_what, options) => {
  const { trust, token, ask, issuerServer } = await start(options);
  await trust();
  expect((await ask(await token())).status).toBe(401);
  expect(issuerServer.connections).toBe(options.isReachable ? 1 : 0);
});
