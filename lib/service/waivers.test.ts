import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aWaiverRecord, storeFleet } from '../../test/support/fleet.ts';
import { callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import type { WaiverRecord } from '../fleet/waiver.ts';
import { WaiverMatch } from '../reports/waiver.ts';
import { ensureDefaults } from './default-project.ts';
import type { Caller } from './handler.ts';
import { waiversHandlers } from './waivers.ts';

let service: TestService;
let waivers: ReturnType<typeof waiversHandlers>;
beforeEach(async () => {
  service = createServicePorts();
  waivers = waiversHandlers(service.ports);
  must(await ensureDefaults(service.ports));
});
afterEach(() => service.close());

const projectId = 'default';
const approving = { projects: { default: ['waiver.request', 'waiver.approve'] } };
const asker = personWith(approving);
const approver = personWith(approving, 'usr-00000000000b');
const editor = personWith({ projects: { default: ['waiver.request'] } }, 'usr-00000000000c');
const tokenOf = (person: Caller): Caller => ({ ...person, actor: { type: 'token', id: 'tok-00000000000a', name: 'ci' } });

const ask = (caller = asker, expires = '2027-01-31') =>
  waivers['waivers.request'](
    callOf<'waivers.request'>(caller, {
      params: { projectId },
      body: { match: { check: 'kubelet/*' }, reason: 'lab', owner: 'Team Lab', expires, untilFixable: false },
    }),
  );
const decide = (caller: Caller, { id }: WaiverRecord, decision: 'approve' | 'reject' = 'approve') =>
  waivers['waivers.decide'](callOf<'waivers.decide'>(caller, { params: { projectId, waiverId: id }, body: { decision, reason: 'seen' } }));
const withdraw = (caller: Caller, { id }: WaiverRecord) =>
  waivers['waivers.withdraw'](callOf<'waivers.withdraw'>(caller, { params: { projectId, waiverId: id } }));
const asked = async (caller = asker) => must(await ask(caller)).body;

it('is asked for, and approved or rejected by another person', async () => {
  const made = must(await ask());
  expect(made).toMatchObject({ body: { state: 'requested', requestedBy: asker.actor }, revision: 1, target: `waivers/${made.body.id}` });
  const approved = must(await decide(approver, made.body));
  expect(approved).toMatchObject({ body: { state: 'approved', decidedBy: approver.actor, decisionReason: 'seen' }, revision: 2 });
  expect(must(await decide(approver, await asked(), 'reject')).body.state).toBe('rejected');
});

it.each(['approve', 'reject'] as const)('is never decided by who asked: %s', async (decision) => {
  expect(codeOf(await decide(asker, await asked(), decision))).toBe('permission-missing');
  expect(codeOf(await decide(tokenOf(asker), await asked(), decision))).toBe('permission-missing');
  expect(codeOf(await decide(asker, await asked(tokenOf(asker)), decision))).toBe('permission-missing');
  must(await decide(tokenOf(approver), await asked(tokenOf(asker)), decision));
});

it('is decided by people only, and once', async () => {
  const waiver = await asked();
  const pipeline: Caller = { ...approver, actor: { type: 'pipeline', id: 'repo:a/b', name: 'a/b' }, personId: 'repo:a/b' };
  expect(sayOf(await decide(pipeline, waiver))).toContain('Only a person');
  must(await decide(approver, waiver));
  expect(sayOf(await decide(approver, waiver, 'reject'))).toContain('approved already');
});

it('is one of five hundred that are requested or approved at most; those that ended do not count', async () => {
  const waivers = Array.from({ length: 500 }, (_, at) =>
    aWaiverRecord({ id: `wvr-${at.toString(16).padStart(12, '0')}`, projectId, state: at % 2 === 0 ? 'approved' : 'requested' }),
  );
  await storeFleet(service.ports.records, { waivers });
  expect(sayOf(await ask())).toContain('There are 500 waivers');
  must(await withdraw(approver, waivers[0] as WaiverRecord));
  must(await ask());
  expect(codeOf(await ask())).toBe('conflict');
});

it('has patterns of 300 characters at most', () => {
  const isGood = (length: number) => WaiverMatch.safeParse({ check: '*'.repeat(length) }).success;
  expect([isGood(300), isGood(301)]).toEqual([true, false]);
});

it('ends in the future, within two years', async () => {
  expect(sayOf(await ask(asker, '2026-11-26'))).toContain('over already');
  must(await ask(asker, '2026-11-27'));
  must(await ask(asker, '2028-11-27'));
  expect(sayOf(await ask(asker, '2028-12-27'))).toContain('two years');
  const waiver = must(await ask(asker, '2026-11-27')).body;
  service.pass(24 * 60);
  expect(codeOf(await decide(approver, waiver))).toBe('input-invalid');
  must(await decide(approver, waiver, 'reject'));
});

it('is withdrawn by who asked or who may approve, in any state that can end', async () => {
  const waiver = await asked(editor);
  expect(codeOf(await withdraw(personWith({ projects: { default: ['waiver.request'] } }), waiver))).toBe('permission-missing');
  expect(must(await withdraw(editor, waiver)).body.state).toBe('withdrawn');
  expect(codeOf(await withdraw(editor, waiver))).toBe('conflict');
  const accepted = await asked();
  must(await decide(approver, accepted));
  expect(must(await withdraw(approver, accepted)).body.state).toBe('withdrawn');
  const rejected = await asked();
  must(await decide(approver, rejected, 'reject'));
  expect(codeOf(await withdraw(asker, rejected))).toBe('conflict');
});

it('is listed by state, in its own project only', async () => {
  await asked();
  must(await decide(approver, await asked()));
  const list = async (state?: ('requested' | 'approved')[], of = projectId) =>
    must(await waivers['waivers.list'](callOf<'waivers.list'>(asker, { params: { projectId: of }, query: { limit: 50, state } }))).body
      .items;
  expect(await list()).toHaveLength(2);
  expect((await list(['approved'])).map(({ state }) => state)).toEqual(['approved']);
  expect(await list(undefined, 'prj-000000000001')).toEqual([]);
});

it('is not found in another project', async () => {
  const { id } = await asked();
  const get = (of: string) => waivers['waivers.get'](callOf<'waivers.get'>(asker, { params: { projectId: of, waiverId: id } }));
  expect(codeOf(await get('prj-000000000001'))).toBe('not-found');
  expect(must(await get(projectId)).body.id).toBe(id);
});
