import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, aProject, storeFleet } from '../../test/support/fleet.ts';
import { policyText } from '../../test/support/judgement.ts';
import { pastEvaluation, storeEvaluation } from '../../test/support/past-evaluations.ts';
import { createScanning, type Scanning } from '../../test/support/scanning.ts';
import { callOf, personWith } from '../../test/support/service.ts';
import { makeRuleThread } from '../adapters/rules/rule-runner.ts';
import type { InputOf } from '../api/index.ts';
import { PolicyTrial } from '../api/schemas/policies.ts';
import { policyFor } from '../workflows/evaluation-run/policy-for.ts';
import { clustersHandlers } from './clusters.ts';
import { policiesHandlers } from './policies.ts';
import { projectsHandlers } from './projects.ts';

const projectId = 'prj-000000000001';
const clusterId = 'cls-000000000001';
const held = ['policy.get', 'policy.update', 'upgrade.get', 'project.update', 'cluster.update', 'project.delete'];
const ann = personWith({ projects: { [projectId]: held } });
const params = { projectId };

const thread = makeRuleThread();
afterAll(() => thread.close());

let service: Scanning;
let policies: ReturnType<typeof policiesHandlers>;
beforeEach(async () => {
  service = await createScanning();
  policies = policiesHandlers({ ...service.ports, rules: thread.run });
  await storeFleet(service.ports.records, { projects: [aProject()], clusters: [aCluster()] });
});
afterEach(() => service.close());

const named = (name: string, spec: string): string => policyText(spec).replace('name: test', `name: ${name}`);
const good = (checks = 'path.*', name = 'strict'): string => named(name, `  checks: {required: [${checks}]}\n`);
const store = (document: string) => policies['policies.store'](callOf<'policies.store'>(ann, { params, body: { document } }));
const get = (policyName: string, of = projectId) =>
  policies['policies.get'](callOf<'policies.get'>(ann, { params: { projectId: of, policyName } }));
const activate = (version: number, ifMatch?: number, policyName = 'strict') =>
  policies['policies.activate'](callOf<'policies.activate'>(ann, { params: { projectId, policyName }, body: { version } }, ifMatch));
const remove = (policyName: string, ifMatch?: number) =>
  policies['policies.delete'](callOf<'policies.delete'>(ann, { params: { projectId, policyName } }, ifMatch));

describe('a document', () => {
  it('becomes the next version of its name, and decides nothing before it is activated', async () => {
    const first = must(await store(good()));
    expect(first).toMatchObject({
      body: { name: 'strict', version: 1, isNew: true, createdBy: ann.actor },
      location: `/v1/projects/${projectId}/policies/strict/versions/1`,
      target: 'policies/strict',
    });
    expect(sayOf(await policyFor(service.ports.records, { projectId, clusterId }, 'strict'))).toContain('no active version');
    expect(must(await store(good('skew.*'))).body.version).toBe(2);
    expect(must(await get('strict')).body).toMatchObject({
      name: 'strict',
      builtIn: false,
      latest: 2,
      document: good('skew.*'),
      versions: [{ version: 2 }, { version: 1, sha256: first.body.sha256 }],
    });
    const one = await policies['policies.getVersion'](
      callOf<'policies.getVersion'>(ann, { params: { projectId, policyName: 'strict', version: 1 } }),
    );
    expect(must(one).body.document).toBe(good());
  });

  it('that is the newest one already makes none; an older one does', async () => {
    must(await store(good()));
    expect(must(await store(good())).body).toMatchObject({ version: 1, isNew: false });
    must(await store(good('skew.*')));
    expect(must(await store(good())).body).toMatchObject({ version: 3, isNew: true });
  });

  it('may be JSON', async () => {
    const document = JSON.stringify({
      apiVersion: 'gate.gatehouse.dev/v1alpha1',
      kind: 'GatePolicy',
      metadata: { name: 'as-json' },
      spec: { checks: { required: ['path.*'] } },
    });
    expect(must(await store(document)).body.name).toBe('as-json');
  });

  it('with mistakes is refused, each of them with its place', async () => {
    const refused = await store(
      named('strict', "  checks: {required: [path.gone]}\n  validations: [{id: a, expression: 'object.tget == 1'}]\n"),
    );
    if (refused.ok) throw new Error('it was taken');
    expect(refused.failure.code).toBe('input-invalid');
    expect(refused.failure.say).toContain(
      '(2 mistakes; this is the first): line 6, column 23: spec.checks.required[0]: there is no check "path.gone"',
    );
    expect(refused.failure.errors).toEqual([
      { at: '/document', message: expect.stringContaining('line 6, column 23: spec.checks.required[0]') },
      { at: '/document', message: expect.stringContaining('line 7, column 45: spec.validations[0].expression: No such key: tget') },
    ]);
    expect(sayOf(await store('kind: ['))).toMatch(/^The policy is not valid: line \d+, column \d+: /);
    expect(codeOf(await get('strict'))).toBe('not-found');
  });

  it.each(['default', 'live-facts'])('cannot take the name of a built-in policy: %s', async (name) =>
    expect(sayOf(await store(good('path.*', name)))).toContain('comes with Gatehouse'),
  );

  it('is at most 128 KiB, in bytes', async () => {
    const padded = (bytes: number) => `${good()}# ${'ü'.repeat(Math.floor((bytes - Buffer.byteLength(good()) - 2) / 2))}`;
    must(await store(padded(128 * 1024)));
    expect(sayOf(await store(padded(128 * 1024 + 2)))).toContain('128 KiB');
  });

  it('is one of a hundred policies, and of two hundred versions of one', async () => {
    const head = { projectId, createdAt: service.ports.clock.now(), changedAt: service.ports.clock.now() };
    must(await service.ports.records.policies.create({ ...head, name: 'strict', latest: 199 }));
    for (let number = 0; number < 98; number++)
      must(await service.ports.records.policies.create({ ...head, name: `p-${number}`, latest: 1 }));
    expect(must(await store(good())).body.version).toBe(200);
    expect(sayOf(await store(good('skew.*')))).toContain('There are 200 versions');
    must(await store(good('path.*', 'hundredth')));
    expect(sayOf(await store(good('path.*', 'too-many')))).toContain('There are 100 policies');
  });

  it('has a number of its own when many store at once', async () => {
    const stored = await Promise.all(['path.*', 'skew.*', 'api.*', 'health.*'].map((checks) => store(good(checks))));
    expect(stored.map((one) => must(one).body.version).toSorted()).toEqual([1, 2, 3, 4]);
    expect(must(await get('strict')).body.versions.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });
});

describe('policies', () => {
  const list = async () => must(await policies['policies.list'](callOf<'policies.list'>(ann, { params }))).body.items;

  it('are the built-in ones, then those of the project', async () => {
    must(await store(good('path.*', 'zeta')));
    must(await store(good('path.*', 'alpha')));
    expect((await list()).map(({ name, builtIn }) => [name, builtIn])).toEqual([
      ['live-facts', true],
      ['default', true],
      ['alpha', false],
      ['zeta', false],
    ]);
  });

  it('that come with Gatehouse can be read, and neither activated nor deleted', async () => {
    expect(must(await get('default'))).toMatchObject({
      body: { builtIn: true, versions: [], document: expect.stringContaining('name: default') },
    });
    expect(sayOf(await activate(1, 1, 'default'))).toContain('never changed');
    expect(sayOf(await remove('live-facts', 1))).toContain('never changed');
  });

  it('are found in their own project only', async () => {
    must(await store(good()));
    expect(codeOf(await get('strict', 'prj-000000000002'))).toBe('not-found');
  });
});

describe('activation', () => {
  const decides = async () => must(await policyFor(service.ports.records, { projectId, clusterId }, 'strict')).version;

  it('says which version decides, and can go back', async () => {
    must(await store(good()));
    must(await store(good('skew.*')));
    expect(must(await activate(2, must(await get('strict')).revision)).body).toMatchObject({ active: 2, latest: 2 });
    expect(await decides()).toBe(2);
    must(await activate(1));
    expect(await decides()).toBe(1);
  });

  it('is refused of a version that is not there, and to who saw another state', async () => {
    must(await store(good()));
    expect(codeOf(await activate(2))).toBe('not-found');
    expect(codeOf(await activate(1, 7))).toBe('conflict');
    expect(codeOf(await activate(1, undefined, 'none'))).toBe('not-found');
  });

  it('is refused of a version that this Gatehouse does not understand any more', async () => {
    must(await store(good()));
    must(
      await service.ports.records.policyVersions.update({ projectId, name: 'strict', version: 1 }, (one) => ({
        ok: true,
        value: { ...one, document: good('path.gone-check') },
      })),
    );
    expect(sayOf(await activate(1))).toContain('Version 1 cannot decide');
  });
});

describe('the policy of a project or a cluster', () => {
  const update = (gatePolicy: string | null, caller = ann) =>
    projectsHandlers(service.ports)['projects.update'](callOf<'projects.update'>(caller, { params, body: { gatePolicy } as never }));
  const updateCluster = (gatePolicy: string | null, caller = ann) =>
    clustersHandlers(service.ports)['clusters.update'](
      callOf<'clusters.update'>(caller, { params: { projectId, clusterId }, body: { gatePolicy } }),
    );
  const decides = async () => must(await policyFor(service.ports.records, { projectId, clusterId })).name;

  it('is chosen and given up again; the cluster wins', async () => {
    must(await store(good()));
    must(await activate(1));
    must(await update('strict'));
    expect(await decides()).toBe('strict');
    expect(must(await updateCluster('live-facts')).body.gatePolicy).toBe('live-facts');
    expect(await decides()).toBe('live-facts');
    must(await updateCluster(null));
    expect('gatePolicy' in must(await update(null)).body).toBe(false);
    expect(await decides()).toBe('default');
  });

  it('must be there, with a version that decides', async () => {
    expect(codeOf(await update('strict'))).toBe('input-invalid');
    must(await store(good()));
    expect(codeOf(await updateCluster('strict'))).toBe('conflict');
    must(await activate(1));
    must(await updateCluster('strict'));
  });

  it('is chosen by who may change policies, not by everybody who may change a cluster', async () => {
    const editor = personWith({ projects: { [projectId]: ['cluster.update', 'project.update'] } });
    expect(codeOf(await updateCluster('live-facts', editor))).toBe('permission-missing');
    expect(codeOf(await update(null, editor))).toBe('permission-missing');
  });

  it('cannot be deleted before another one is chosen', async () => {
    must(await store(good()));
    must(await activate(1));
    must(await update('strict'));
    must(await updateCluster('strict'));
    expect(sayOf(await remove('strict'))).toContain('decides for the project itself, shop-prod;');
    must(await update(null));
    must(await updateCluster(null));
    expect(codeOf(await remove('strict', 1))).toBe('conflict');
    must(await remove('strict'));
    expect(codeOf(await get('strict'))).toBe('not-found');
    expect(must(await store(good('skew.*'))).body).toMatchObject({ version: 1, isNew: true });
  });

  it('left-over versions of a deletion that was cut off are in nobody’s way', async () => {
    must(await store(good()));
    must(await service.ports.records.policies.remove({ projectId, name: 'strict' }));
    expect(must(await store(good('skew.*'))).body).toMatchObject({ version: 1, isNew: true });
    expect(must(await get('strict')).body.document).toBe(good('skew.*'));
  });
});

describe('a trial', () => {
  const idAt = (second: number): string => `20261127T1100${String(second).padStart(2, '0')}Z-evl-0000000000000001`;
  const trial = (body: object = {}, policyName = 'strict', caller = ann) => {
    const input = { params: { projectId, policyName }, body: PolicyTrial.parse(body) };
    return policies['policies.test'](callOf<'policies.test'>(caller, input as InputOf<'policies.test'>));
  };
  const past = async (second: number, target: string, change: object = {}) =>
    storeEvaluation(service.ports, await pastEvaluation(idAt(second), target), { projectId, clusterId }, change);
  const noThirdPatch = named(
    'strict',
    '  checks: {required: [path.minor-step]}\n  validations: [{id: no-patch-3, expression: \'!object.target.endsWith(".3")\', message: not the third}]\n',
  );

  it('says whose verdict a document would have changed, newest first, and stores nothing', async () => {
    await past(1, 'v1.36.3');
    await past(2, 'v1.38.0');
    const { items, skipped } = must(await trial({ document: noThirdPatch })).body;
    expect(items.map(({ id, before, after, changes }) => [id, before, after, changes])).toEqual([
      [idAt(2), 'deny', 'deny', false],
      [idAt(1), 'allow', 'deny', true],
    ]);
    expect(items[1]?.why).toContain('rule.no-patch-3 is new and fails: not the third.');
    expect(skipped).toBe(0);
    expect(codeOf(await get('strict'))).toBe('not-found');
  });

  it('is of the newest version, of one that is named, or of a built-in policy', async () => {
    await past(1, 'v1.36.3');
    must(await store(good('path.minor-step')));
    must(await store(noThirdPatch));
    const verdictsOf = async (body: object, name?: string) => must(await trial(body, name)).body.items.map((one) => one.after);
    expect(await verdictsOf({})).toEqual(['deny']);
    expect(await verdictsOf({ version: 1 })).toEqual(['allow']);
    // nothing else was read of this cluster
    expect(await verdictsOf({}, 'live-facts')).toEqual(['deny']);
    expect(codeOf(await trial({ version: 3 }))).toBe('not-found');
    expect(codeOf(await trial({}, 'none'))).toBe('not-found');
    expect(sayOf(await trial({ document: noThirdPatch }, 'other'))).toContain('under its own name');
  });

  it('goes through so many at most, of one cluster if that is wanted', async () => {
    await storeFleet(service.ports.records, { clusters: [aCluster({ id: 'cls-000000000002', name: 'other' })] });
    for (let second = 1; second <= 5; second++) await past(second, 'v1.36.3');
    must(await store(good()));
    const ids = async (body: object) => must(await trial(body)).body.items.map(({ id }) => id);
    expect(await ids({ evaluations: 2 })).toEqual([idAt(5), idAt(4)]);
    expect(await ids({ clusterId: 'cls-000000000002' })).toEqual([]);
    expect(codeOf(await trial({ clusterId: 'cls-00000000000f' }))).toBe('not-found');
  });

  it('leaves out what waits or broke, and counts what cannot be read', async () => {
    await past(1, 'v1.36.3');
    await past(2, 'v1.36.3', { state: 'queued' });
    await past(3, 'v1.36.3', { verdict: 'error' });
    const lost = await past(4, 'v1.36.3');
    must(
      await service.ports.records.evaluations.update({ clusterId, name: lost.id }, (one) => ({
        ok: true,
        value: { ...one, artefacts: one.artefacts.map((file) => ({ ...file, sha256: '0'.repeat(64) })) },
      })),
    );
    must(await store(good()));
    const { items, skipped } = must(await trial()).body;
    expect([items.map(({ id }) => id), skipped]).toEqual([[idAt(1)], 1]);
  });

  it('with rules that could go on for ever is refused; those that are stopped are no pass, and no end of the service', async () => {
    await past(1, 'v1.36.3');
    const nested = 'object.nodes.all(a, object.nodes.all(b, object.nodes.all(c, a.name + b.name != c.name)))';
    const hostile = named('strict', `  checks: {required: [path.minor-step]}\n  validations: [{id: loop, expression: '${nested}'}]\n`);
    expect(sayOf(await trial({ document: hostile }))).toContain('spec.validations[0].expression');
    const hasty = makeRuleThread({ deadlineMs: 0 });
    try {
      policies = policiesHandlers({ ...service.ports, rules: hasty.run });
      const [stopped] = must(await trial({ document: noThirdPatch })).body.items;
      expect(stopped?.after).toBe('deny');
      expect(stopped?.why.join(' ')).toContain('The rule could not be computed: it was stopped');
    } finally {
      await hasty.close();
    }
  });

  it('shows evaluations to those only who may see them', async () => {
    must(await store(good()));
    const blind = personWith({ projects: { [projectId]: ['policy.get'] } });
    expect(codeOf(await trial({}, 'strict', blind))).toBe('permission-missing');
  });

  it('takes a version or a document, not both', () =>
    expect([
      PolicyTrial.safeParse({ version: 1, document: 'x' }).success,
      PolicyTrial.safeParse({ evaluations: 51 }).success,
      PolicyTrial.safeParse({}).success,
    ]).toEqual([false, false, true]));
});

it('goes with its project', async () => {
  must(await store(good()));
  const mighty = personWith({ tenant: ['*'] });
  must(
    await service.ports.records.clusters.update({ projectId, clusterId }, (one) => ({
      ok: true,
      value: { ...one, state: 'removed' as const },
    })),
  );
  must(await projectsHandlers(service.ports)['projects.delete'](callOf<'projects.delete'>(mighty, { params })));
  expect(await service.ports.records.policies.get({ projectId, name: 'strict' })).toBeUndefined();
  expect(await service.ports.records.policyVersions.get({ projectId, name: 'strict', version: 1 })).toBeUndefined();
});
