import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, storeFleet } from '../../test/support/fleet.ts';
import { callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import type { OverrideRecord } from '../fleet/override-record.ts';
import { overrideHolds } from '../gate/decide/override.ts';
import { overridesFor } from '../workflows/evaluation-run/overrides-for.ts';
import { ensureDefaults } from './default-project.ts';
import type { Caller } from './handler.ts';
import { overridesHandlers } from './overrides.ts';

const projectId = 'default';
const clusterId = 'cls-000000000001';
const permissions = ['upgrade.override', 'upgrade.approve', 'upgrade.get'];
const asker = personWith({ projects: { default: permissions } });
const approver = personWith({ projects: { default: permissions } }, 'usr-00000000000b');
const editor = personWith({ projects: { default: ['upgrade.override'] } }, 'usr-00000000000c');
const tokenOf = (person: Caller): Caller => ({ ...person, actor: { type: 'token', id: 'tok-00000000000a', name: 'ci' } });

let service: TestService;
let overrides: ReturnType<typeof overridesHandlers>;
beforeEach(async () => {
  service = createServicePorts();
  overrides = overridesHandlers(service.ports);
  must(await ensureDefaults(service.ports));
  await storeFleet(service.ports.records, {
    clusters: [aCluster({ projectId, id: clusterId }), aCluster({ projectId, id: 'cls-000000000002', name: 'old', state: 'removed' })],
  });
});
afterEach(() => service.close());

const ask = (caller = asker, change: object = {}) =>
  overrides['overrides.request'](
    callOf<'overrides.request'>(caller, {
      params: { projectId },
      body: { clusterId, target: '1.36.3', reason: 'The advisory does not concern us.', expires: '2026-11-28T12:00:00Z', ...change },
    }),
  );
const asked = async (caller = asker) => must(await ask(caller)).body;
const decide = (caller: Caller, { id }: OverrideRecord, decision: 'approve' | 'reject' = 'approve') =>
  overrides['overrides.decide'](
    callOf<'overrides.decide'>(caller, { params: { projectId, overrideId: id }, body: { decision, reason: 'seen' } }),
  );
const withdraw = (caller: Caller, { id }: OverrideRecord) =>
  overrides['overrides.withdraw'](callOf<'overrides.withdraw'>(caller, { params: { projectId, overrideId: id } }));
/** Whether the gate would let the upgrade through now. */
const lets = async (target = 'v1.36.3'): Promise<boolean> => {
  const there = await overridesFor(service.ports.records, { projectId, clusterId, clusterUid: 'uid-1', target });
  return there.some((one) => overrideHolds(one, { clusterId: 'uid-1', target }, service.ports.clock.now()));
};

it('lets an upgrade through from the approval of a second person to its end', async () => {
  const made = must(await ask());
  expect(made).toMatchObject({
    body: { state: 'requested', requestedBy: asker.actor, clusterName: 'shop-prod', target: 'v1.36.3' },
    revision: 1,
    target: `overrides/${made.body.id}`,
    location: `/v1/projects/default/overrides/${made.body.id}`,
  });
  expect(await lets()).toBe(false);
  const approved = must(await decide(approver, made.body));
  expect(approved).toMatchObject({ body: { state: 'approved', decidedBy: approver.actor, decisionReason: 'seen' }, revision: 2 });
  expect([await lets(), await lets('1.36.3'), await lets('v1.36.4')]).toEqual([true, true, false]);
  service.pass(24 * 60);
  expect(await lets()).toBe(false);
});

it.each(['approve', 'reject'] as const)('is never decided by who asked, nor by their tokens: %s', async (decision) => {
  expect(codeOf(await decide(asker, await asked(), decision))).toBe('permission-missing');
  expect(codeOf(await decide(tokenOf(asker), await asked(), decision))).toBe('permission-missing');
  expect(codeOf(await decide(asker, await asked(tokenOf(asker)), decision))).toBe('permission-missing');
  must(await decide(tokenOf(approver), await asked(tokenOf(asker)), decision));
});

it('is asked for and decided by people only', async () => {
  const pipeline: Caller = { ...approver, actor: { type: 'pipeline', id: 'repo:a/b', name: 'a/b' }, personId: 'repo:a/b' };
  expect(sayOf(await ask(pipeline))).toContain('Only a person');
  expect(sayOf(await decide(pipeline, await asked()))).toContain('Only a person');
});

it('is about a cluster that is there', async () => {
  expect(codeOf(await ask(asker, { clusterId: 'cls-00000000000f' }))).toBe('not-found');
  expect(sayOf(await ask(asker, { clusterId: 'cls-000000000002' }))).toContain('was removed');
});

it('is ended by who asked or who may approve, and then lets nothing through', async () => {
  const other = personWith({ projects: { default: ['upgrade.override'] } }, 'usr-00000000000d');
  const mine = await asked(editor);
  expect(codeOf(await withdraw(other, mine))).toBe('permission-missing');
  expect(must(await withdraw(editor, mine)).body.state).toBe('withdrawn');
  const granted = await asked();
  must(await decide(approver, granted));
  expect(await lets()).toBe(true);
  expect(must(await withdraw(approver, granted)).body).toMatchObject({ state: 'withdrawn', withdrawnBy: approver.actor });
  expect(await lets()).toBe(false);
  expect(codeOf(await withdraw(approver, granted))).toBe('conflict');
});

it('is listed newest first, by state, and found in its own project only', async () => {
  const first = await asked();
  service.pass(1);
  const second = await asked();
  must(await decide(approver, first));
  const list = async (of = projectId, state?: OverrideRecord['state'][]) => {
    const input = { params: { projectId: of }, query: { limit: 50, state } };
    return must(await overrides['overrides.list'](callOf<'overrides.list'>(asker, input))).body.items.map(({ id }) => id);
  };
  expect(await list()).toEqual([second.id, first.id]);
  expect(await list(projectId, ['approved'])).toEqual([first.id]);
  expect(await list('prj-000000000001')).toEqual([]);
  const get = (of: string) =>
    overrides['overrides.get'](callOf<'overrides.get'>(asker, { params: { projectId: of, overrideId: first.id } }));
  expect([codeOf(await get('prj-000000000001')), must(await get(projectId)).body.id]).toEqual(['not-found', first.id]);
});

it('is one of two hundred that wait or hold at most; those that are over do not count', async () => {
  for (let number = 0; number < 200; number++) await asked();
  expect(sayOf(await ask())).toContain('There are 200 overrides');
  service.pass(24 * 60);
  must(await ask(asker, { expires: '2026-11-29T12:00:00Z' }));
});
