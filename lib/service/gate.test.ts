import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, aProject, storeFleet } from '../../test/support/fleet.ts';
import { callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import { succeed } from '../core/failure.ts';
import type { EvaluationRecord } from '../fleet/evaluation.ts';
import type { DurableRun } from '../ports/scan-starter.ts';
import { gateHandlers } from './gate.ts';
import type { Caller } from './handler.ts';

const [shop, bank] = ['prj-000000000001', 'prj-000000000002'];
const cluster = aCluster({ name: 'production' });
const other = aCluster({ id: 'cls-000000000002', projectId: bank, name: 'production' });

let service: TestService;
let gate: ReturnType<typeof gateHandlers>;
let started: DurableRun[];
beforeEach(async () => {
  service = createServicePorts();
  started = [];
  const starter = { start: async (run: DurableRun) => succeed(void started.push(run)) };
  gate = gateHandlers({ ...service.ports, starter });
  await storeFleet(service.ports.records, {
    projects: [aProject({ id: shop }), aProject({ id: bank, name: 'Bank' })],
    clusters: [cluster, other],
  });
  for (const { projectId, id, name } of [cluster, other])
    must(await service.ports.records.names.reserve(`clusters/${projectId}`, name, id, async () => true));
});
afterEach(() => service.close());

const inProjects = (permissions: readonly string[], ...projects: readonly string[]): Caller =>
  personWith({ projects: Object.fromEntries(projects.map((id) => [id, permissions])) });
const asker = inProjects(['upgrade.ask', 'upgrade.get', 'cluster.get'], shop);
const query = { wait: 0, fail: 'body' } as const;
const ask = (caller = asker, body: object = {}, how: { readonly wait: number; readonly fail: 'http' | 'body' } = query) =>
  gate['gate.evaluate'](
    callOf<'gate.evaluate'>(caller, {
      query: how,
      body: { cluster: 'production', action: 'upgrade', target: { kubernetesVersion: 'v1.36.3' }, ...body },
    }),
  );
const get = (caller: Caller, evaluationId: string, fail: 'http' | 'body' = 'body') =>
  gate['gate.get'](callOf<'gate.get'>(caller, { params: { evaluationId }, query: { wait: 0, fail } }));
/** Decides it, as its run does. */
const decide = async (id: string, changes: Partial<EvaluationRecord>): Promise<void> => {
  const { records } = service.ports;
  must(
    await records.evaluations.update({ clusterId: cluster.id, name: id }, (record) => succeed({ ...record, state: 'decided', ...changes })),
  );
};

describe('asking', () => {
  it('answers at once that it is pending, and starts one durable run', async () => {
    const { body, status, retryAfter, target } = must(await ask());
    expect(body).toMatchObject({ verdict: 'pending', allowed: false, links: { self: `/v1/gate/evaluations/${body.id}` } });
    expect([status, retryAfter, target]).toEqual([undefined, 5, `clusters/${cluster.id}/evaluations/${body.id}`]);
    expect(started).toEqual([{ projectId: shop, clusterId: cluster.id, evaluationId: body.id }]);
  });

  it('finds a cluster by its name or id, wherever the caller may ask', async () => {
    expect(must(await ask(asker, { cluster: cluster.id })).body.verdict).toBe('pending');
    const both = inProjects(['upgrade.ask'], shop, bank);
    expect(sayOf(await ask(both))).toContain('2 clusters are called "production"');
    expect(must(await ask(both, { cluster: other.id })).body.verdict).toBe('pending');
  });

  it('is not found by who sees nothing of it, and not allowed to who sees it and may not ask', async () => {
    expect(codeOf(await ask(inProjects(['upgrade.ask'], 'prj-000000000009')))).toBe('not-found');
    expect(codeOf(await ask(asker, { cluster: 'nowhere' }))).toBe('not-found');
    expect(codeOf(await ask(asker, { cluster: other.id }))).toBe('not-found');
    expect(codeOf(await ask(inProjects(['cluster.get', 'upgrade.get'], shop)))).toBe('permission-missing');
    expect(started).toEqual([]);
  });

  it('goes by another policy than decides about the cluster only for who may change policies', async () => {
    expect(codeOf(await ask(asker, { policy: 'live-facts' }))).toBe('permission-missing');
    expect(must(await ask(asker, { policy: 'default' })).body.verdict).toBe('pending');
    const editor = inProjects(['upgrade.ask', 'upgrade.get', 'policy.update'], shop);
    expect(must(await ask(editor, { policy: 'live-facts' })).body.verdict).toBe('pending');
  });

  it('is not done for a cluster that was removed', async () => {
    must(
      await service.ports.records.clusters.update({ projectId: shop, clusterId: cluster.id }, (one) =>
        succeed({ ...one, state: 'removed' }),
      ),
    );
    expect(codeOf(await ask())).toBe('conflict');
  });

  it('is refused when too much is asked about one cluster at the same time', async () => {
    for (let at = 0; at < 20; at += 1) must(await ask(asker, { idempotencyKey: `k${at}` }));
    expect(sayOf(await ask(asker, { idempotencyKey: 'k20' }))).toContain('20 evaluations of production');
    must(await ask(asker, { idempotencyKey: 'k3' }));
  });
});

describe('asking again', () => {
  const until = (minutes: number): string => new Date(Date.parse(service.ports.clock.now()) + minutes * 60_000).toISOString();

  it('gives a good answer again, and asks anew once it has expired or could not be made', async () => {
    const key = { idempotencyKey: 'run-7' };
    const first = must(await ask(asker, key)).body.id;
    await decide(first, { verdict: 'allow', allowed: true, summary: 'Allowed.', expiresAt: until(60) });
    expect(must(await ask(asker, key)).body).toMatchObject({ id: first, allowed: true });
    service.pass(61);
    const second = must(await ask(asker, key)).body.id;
    expect(second).not.toBe(first);
    await decide(second, { verdict: 'error', summary: 'Not evaluated.' });
    expect(must(await ask(asker, key)).body.id).not.toBe(second);
  });

  it('says with the status what it said, when asked to, and that an expired answer allows nothing', async () => {
    const { id } = must(await ask()).body;
    expect(must(await get(asker, id, 'http'))).toMatchObject({ status: 425, retryAfter: 5 });
    await decide(id, { verdict: 'deny', summary: 'Denied.', expiresAt: until(60) });
    expect(must(await get(asker, id, 'http'))).toMatchObject({ status: 409, body: { allowed: false } });
    expect(must(await get(asker, id)).status).toBeUndefined();
    await decide(id, { verdict: 'warn', allowed: true, summary: 'Allowed.', expiresAt: until(60) });
    expect(must(await get(asker, id, 'http')).status).toBeUndefined();
    service.pass(61);
    expect(must(await get(asker, id, 'http'))).toMatchObject({ status: 424, body: { allowed: false, verdict: 'error' } });
  });

  it('is for who may see evaluations of its project', async () => {
    const { id } = must(await ask()).body;
    expect(codeOf(await get(inProjects(['upgrade.get'], bank), id))).toBe('not-found');
    expect(
      codeOf(
        await get(
          asker,
          id.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        ),
      ),
    ).toBe('not-found');
  });
});

describe('a job of a release system', () => {
  const claims = (sub: string) => {
    const now = Date.parse(service.ports.clock.now()) / 1000;
    return {
      iss: 'https://token.actions.githubusercontent.com',
      aud: 'https://gate.example.com',
      sub,
      repository_id: '42',
      repository: 'shop/deploy',
      environment: 'production',
      run_id: '7',
      iat: now,
      exp: now + 300,
    };
  };
  const rule = {
    name: 'deploys',
    system: 'github' as const,
    issuer: 'https://token.actions.githubusercontent.com',
    audience: 'https://gate.example.com',
    repositoryId: '42',
    claims: { environment: 'production' },
    clusters: ['production'],
    projectId: shop,
  };
  const job = (id = 'repo:shop/deploy', rules = [rule]): Caller => ({
    ...personWith({}),
    actor: { type: 'pipeline', id, name: 'shop/deploy' },
    pipeline: { claims: claims(id), rules },
  });

  it('asks about the clusters of its rules, and sees its own evaluations only', async () => {
    const { id } = must(await ask(job())).body;
    const record = (await service.ports.records.evaluations.get({ clusterId: cluster.id, name: id }))?.value;
    expect(record).toMatchObject({ requestedBy: { type: 'pipeline' }, request: { source: { system: 'github', repositoryId: '42' } } });
    expect(must(await get(job(), id)).body.verdict).toBe('pending');
    expect(codeOf(await get(job('repo:other/deploy'), id))).toBe('not-found');
    expect(codeOf(await ask(job(), { cluster: cluster.id }))).toBe('permission-missing');
  });

  it('never chooses the policy, and no cluster of a name that two of its projects have', async () => {
    expect(codeOf(await ask(job(), { policy: 'live-facts' }))).toBe('permission-missing');
    expect(sayOf(await ask(job(undefined, [rule, { ...rule, projectId: bank }])))).toContain('2 clusters are called');
  });
});
