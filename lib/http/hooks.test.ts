import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type HookServer, type HookServerOptions, placeOf, startHooks } from '../../test/support/hooks.ts';
import { azureHeaders, genuine, recorded, requestOf, type Sample, sampleOf, samples } from '../../test/support/pipelines.ts';
import { allMighty, callOf } from '../../test/support/service.ts';
import { evaluationSecret } from '../fleet/evaluation.ts';
import type { RawRequest } from '../pipelines/adapter.ts';
import { hookBytes } from './hook-paths.ts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const open: HookServer[] = [];
const start = async (options: Partial<HookServerOptions> = {}): Promise<HookServer> => {
  const server = await startHooks({ privateKey, ...options });
  open.push(server);
  return server;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const send = ({ ask }: HookServer, hook: string, { headers, body }: Pick<RawRequest, 'headers' | 'body'>, more: object = {}) =>
  ask({ method: 'POST', path: hook, headers: headers as Record<string, string>, body: Buffer.from(body), ...more });
const hookOf = ({ hook }: { readonly hook: string }, sample: Sample): string => `${hook}${placeOf(sample)}`;
/** Its headers and body, with a secret that nobody knows. */
const forged = (sample: Sample): Pick<RawRequest, 'headers' | 'body'> => {
  const { headers, body } = genuine(sample);
  const text = Buffer.from(body)
    .toString()
    .replace(/"token":\s?"[^"]*"/, '"token":"no-secret-at-all-0123"');
  const wrong = Object.entries(headers).map(([name, value]) => [
    name,
    /signature|token$/.test(name) ? String(value).replace(/.{12}$/, 'AAAAAAAAAAA=') : value,
  ]);
  return { headers: Object.fromEntries(wrong), body: Buffer.from(text) };
};

describe.each(samples)('the hook of a $name', (sample) => {
  it('asks the gate about the cluster that is meant, and writes it down', async () => {
    const server = await start({ decide: 'allow' });
    const connection = await server.connect(sample);
    const answer = await send(server, hookOf(connection, sample), genuine(sample));
    // Azure takes nothing but 200 for an answer; who waits for the verdict has it in the body
    expect(answer.status).toBe(/GitHub|GitLab|Flux|webhook/.test(sample.name) ? 202 : 200);
    expect(server.runs).toHaveLength(1);
    const [run] = server.runs;
    const record = await server.ports.records.evaluations.get({ clusterId: server.cluster.id, name: run?.evaluationId ?? '' });
    expect(record?.value).toMatchObject({
      request: { target: { kubernetesVersion: 'v1.36.3' } },
      requestedBy: { type: 'pipeline', id: connection.id },
    });
    const asked = (await server.audited()).at(-1);
    expect(asked).toMatchObject({
      action: expect.stringMatching(/^hooks[.]/),
      outcome: 'done',
      actor: { id: connection.id },
      address: '127.0.0.1',
    });
    expect(asked?.target).toContain(run?.evaluationId);
  });

  it('refuses a forged or missing proof, and says so in the audit records without the request', async () => {
    const server = await start();
    const hook = hookOf(await server.connect(sample), sample);
    expect((await send(server, hook, forged(sample))).status).toBe(401);
    const bare = { headers: { 'content-type': 'application/json' }, body: forged(sample).body };
    expect((await send(server, hook, bare)).status).toBe(401);
    expect(server.runs).toEqual([]);
    const refusals = (await server.audited()).filter(({ outcome }) => outcome === 'refused');
    expect(refusals).toHaveLength(2);
    expect(JSON.stringify([refusals, server.logged])).not.toMatch(
      /no-secret-at-all|secret-0123456789|deployment_callback_url|job-access-token/,
    );
  });

  it('answers as for nothing at all where there is no such connection, where it is to another system and while it is switched off', async () => {
    const server = await start();
    const connection = await server.connect(sample, { active: false });
    const another = await server.connect(sampleOf(sample.name === 'Tekton interceptor' ? 'Flux event' : 'Tekton interceptor'));
    const off = hookOf(connection, sample);
    const answers = await Promise.all(
      [off, off.replace(connection.id, 'con-0123456789ab'), off.replace(connection.id, another.id), off.replace(connection.id, 'main')].map(
        (path) => send(server, path, genuine(sample)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ json }) => json?.detail)).size).toBe(1);
    expect((await server.audited()).filter(({ action }) => action.startsWith('hooks'))).toEqual([]);
  });

  it('refuses what is too large and what is no JSON', async () => {
    const server = await start();
    const hook = hookOf(await server.connect(sample), sample);
    const { headers } = genuine(sample);
    expect((await send(server, hook, { headers, body: Buffer.alloc(hookBytes + 1, 0x20) })).status).toBe(413);
    expect((await send(server, hook, { ...genuine(sample), headers: { ...headers, 'content-type': 'text/plain' } })).status).toBe(400);
    expect((await server.ask({ method: 'GET', path: hook })).status).toBe(405);
    expect(server.runs).toEqual([]);
  });

  it(sample.isOnce ? 'takes a delivery once' : 'asks the same when it is repeated', async () => {
    const server = await start({ decide: 'deny' });
    const hook = hookOf(await server.connect(sample), sample);
    const twice = await Promise.all([send(server, hook, genuine(sample)), send(server, hook, genuine(sample))]);
    expect(twice.filter(({ status }) => status < 300)).toHaveLength(sample.isOnce ? 1 : 2);
    expect((await send(server, hook, genuine(sample))).status === 409).toBe(sample.isOnce);
    expect(server.runs).toHaveLength(1);
  });
});

it('lets a delivery be sent again that came to nothing', async () => {
  const server = await start();
  const sample = sampleOf('signed webhook');
  const hook = hookOf(await server.connect(sample), sample);
  const { id, projectId } = server.cluster;
  await server.ports.records.clusters.update({ projectId, clusterId: id }, (one) => ({ ok: true, value: { ...one, state: 'removed' } }));
  expect((await send(server, hook, genuine(sample))).status).toBeGreaterThanOrEqual(400);
  await server.ports.records.clusters.update({ projectId, clusterId: id }, (one) => ({ ok: true, value: { ...one, state: 'active' } }));
  expect((await send(server, hook, genuine(sample))).status).toBe(202);
});

it('keeps the token of an Azure job apart until the job was told', async () => {
  const server = await start();
  const sample = sampleOf('Azure DevOps check');
  const connection = await server.connect(sample);
  expect((await send(server, connection.hook, genuine(sample))).status).toBe(200);
  const [run] = server.runs;
  expect(server.service.secrets.get(evaluationSecret(run?.evaluationId ?? ''))).toBe(azureHeaders.authtoken);
  const record = await server.ports.records.evaluations.get({ clusterId: server.cluster.id, name: run?.evaluationId ?? '' });
  expect(JSON.stringify([record, await server.audited(), server.logged])).not.toContain(azureHeaders.authtoken);
});

describe('systems that wait', () => {
  const sync = sampleOf('Azure DevOps check');
  it.each([
    ['allow', true],
    ['warn', true],
    ['deny', false],
  ] as const)('are told %s on the spot', async (decide, allowed) => {
    const server = await start({ decide });
    const [azure, tekton, capi] = [
      await server.connect(sync),
      await server.connect(sampleOf('Tekton interceptor')),
      await server.connect(sampleOf('Cluster API hook')),
    ];
    expect((await send(server, `${azure.hook}/sync`, genuine(sync))).json).toMatchObject({ allowed, verdict: decide });
    expect((await send(server, tekton.hook, genuine(sampleOf('Tekton interceptor')))).json).toMatchObject({ continue: allowed });
    const held = await send(server, hookOf(capi, sampleOf('Cluster API hook')), genuine(sampleOf('Cluster API hook')));
    expect(held.json).toMatchObject({ status: 'Success', kind: 'BeforeClusterUpgradeResponse' });
    expect(held.json?.retryAfterSeconds === 0).toBe(allowed);
  });

  it('are told that it is pending before they hang up', async () => {
    const server = await start();
    const [azure, tekton, capi] = [
      await server.connect(sync),
      await server.connect(sampleOf('Tekton interceptor')),
      await server.connect(sampleOf('Cluster API hook')),
    ];
    const answers = await Promise.all([
      send(server, `${azure.hook}/sync`, genuine(sync)),
      send(server, tekton.hook, genuine(sampleOf('Tekton interceptor'))),
      send(server, hookOf(capi, sampleOf('Cluster API hook')), genuine(sampleOf('Cluster API hook'))),
    ]);
    expect(answers.map(({ json }) => json)).toMatchObject([
      { allowed: false, verdict: 'pending' },
      { continue: false, status: { code: 14 } },
      { retryAfterSeconds: 15 },
    ]);
  });

  it('wait at a signed webhook only when they ask for it', async () => {
    const server = await start({ decide: 'allow' });
    const sample = sampleOf('signed webhook');
    const { hook } = await server.connect(sample);
    expect(await send(server, `${hook}?wait=2`, genuine(sample))).toMatchObject({ status: 200, json: { allowed: true } });
    expect((await send(server, `${hook}?wait=soon`, genuine(sample))).status).toBe(400);
  });

  it('are told of the hooks of Cluster API without a secret', async () => {
    const server = await start();
    const sample = sampleOf('Cluster API hook');
    const { hook } = await server.connect(sample);
    const path = `${hook}/hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery`;
    const answer = await send(server, path, requestOf(sample, recorded('cluster-api-discovery')));
    expect(answer).toMatchObject({ status: 200, json: { kind: 'DiscoveryResponse' } });
    expect((await send(server, `${hook}/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclusterdelete/x`, genuine(sample))).status).toBe(404);
  });
});

describe('the secret of a connection', () => {
  const sample = sampleOf('Flux event');
  it('is good until it is ended after it was replaced', async () => {
    const server = await start();
    const connection = await server.connect(sample);
    const params = { projectId: 'default', connectionId: connection.id };
    const replaced = await server.pipelines['pipelines.replaceSecret'](callOf<'pipelines.replaceSecret'>(allMighty, { params, body: {} }));
    expect(replaced).toMatchObject({ ok: true, value: { body: { secret: expect.stringMatching(/^whsec_/) } } });
    expect((await send(server, connection.hook, genuine(sample))).status).toBe(202);
    await server.pipelines['pipelines.endOldSecret'](callOf<'pipelines.endOldSecret'>(allMighty, { params }));
    expect((await send(server, connection.hook, genuine(sample))).status).toBe(401);
  });
});

it('counts what is refused by address, so that nobody tries secrets without end', async () => {
  const server = await start({ limits: { address: { burst: 3, perSecond: 0.001 } } });
  const sample = sampleOf('GitHub deployment protection rule');
  const { hook } = await server.connect(sample);
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await send(server, hook, forged(sample))).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
});

it('serves nothing else below the hooks', async () => {
  const server = await start();
  const { id } = await server.connect(sampleOf('Azure DevOps check'));
  for (const path of [
    '/v1/hooks',
    '/v1/hooks/',
    `/v1/hooks/azure/${id}/other`,
    `/v1/hooks/azure/${id}/`,
    '/v1/hooks/jenkins/x',
    '/v1/hooks/azure/..%2f',
  ])
    expect((await send(server, path, genuine(sampleOf('Azure DevOps check')))).status).toBe(404);
});
