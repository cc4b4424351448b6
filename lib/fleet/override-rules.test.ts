import { describe, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { overrideHolds } from '../gate/decide/override.ts';
import type { Actor } from './common.ts';
import { OverrideRecord, OverrideRequest } from './override-record.ts';
import { askOverride, decideOverride, gateOverrideOf, isOpenOverride, isSameTarget, withdrawOverride } from './override-rules.ts';
import type { Acting } from './waiver-rules.ts';

const now = '2026-11-27T12:00:00.000Z';
const later = '2026-11-27T13:00:00.000Z';
const ann: Actor = { type: 'person', id: 'usr-aaaaaaaaaaaa', name: 'Ann' };
const ben: Actor = { type: 'person', id: 'usr-bbbbbbbbbbbb', name: 'Ben' };
const tokenOf = (owner: Actor): Acting => ({ actor: { type: 'token', id: 'tok-0123456789ab', name: 'nightly' }, owner });
const pipeline: Actor = { type: 'pipeline', id: 'repo:shop/infra', name: 'shop/infra' };
const cluster = { id: 'cls-000000000001', projectId: 'default', name: 'shop-prod' };

const request = { clusterId: cluster.id, target: 'v1.36.3', reason: 'The advisory does not concern us.', expires: '2026-11-28T12:00:00Z' };
const ask = (more: object = {}, by: Acting = { actor: ann }) =>
  askOverride(OverrideRequest.parse({ ...request, ...more }), { id: 'ovr-0123456789ab', cluster, by, now });
const asked = (more?: object, by?: Acting): OverrideRecord => must(ask(more, by));
const decide = (override: OverrideRecord, by: Acting, decision: 'approve' | 'reject' = 'approve', at = later) =>
  decideOverride(override, { decision, reason: 'seen', by, now: at });
const approved = (): OverrideRecord => must(decide(asked(), { actor: ben }));
const refusal = (code: string, say: string) => ({ ok: false, failure: { code, say: expect.stringContaining(say) } });
const holds = (override: OverrideRecord, at = later, target = 'v1.36.3'): boolean =>
  overrideHolds(gateOverrideOf(override, 'uid-1'), { clusterId: 'uid-1', target }, at);

describe('an override', () => {
  it('lets nothing through before another person has approved it, and nothing but what it is about', () => {
    expect(OverrideRecord.parse(asked())).toEqual(asked());
    expect(holds(asked())).toBe(false);
    expect(holds(approved())).toBe(true);
    expect(holds(approved(), later, 'v1.36.4')).toBe(false);
    expect(holds(approved(), '2026-11-28T12:00:00.000Z')).toBe(false);
    expect(overrideHolds(gateOverrideOf(approved(), 'uid-2'), { clusterId: 'uid-1', target: 'v1.36.3' }, later)).toBe(false);
  });

  it('is the same with and without the v of the version', () => {
    expect(asked({ target: '1.36.3' }).target).toBe('v1.36.3');
    expect([isSameTarget('1.36.3', 'v1.36.3'), isSameTarget('v1.36.3', 'v1.36.3+vendor.1')]).toEqual([true, false]);
  });

  it.each([
    ['a reason of a word', { reason: 'because of' }, true],
    ['a reason of nine characters', { reason: 'because …' }, false],
    ['an end in 72 hours', { expires: '2026-11-30T12:00:00Z' }, true],
  ])('%s', (_, more, isGood) => expect(OverrideRequest.safeParse({ ...request, ...more }).success).toBe(isGood));

  it.each([
    ['over already', '2026-11-27T12:00:00Z'],
    ['72 hours at most', '2026-11-30T12:00:01Z'],
  ])('ends within 72 hours: %s', (say, expires) => expect(ask({ expires })).toMatchObject(refusal('input-invalid', say)));

  it('is asked for by people, whose tokens stand for them', () => {
    expect(asked({}, tokenOf(ann)).requestedBy).toEqual(ann);
    expect(ask({}, { actor: pipeline })).toMatchObject(refusal('permission-missing', 'Only a person'));
    expect(ask({}, { actor: tokenOf(ann).actor })).toMatchObject(refusal('permission-missing', 'Only a person'));
  });

  it.each(['approve', 'reject'] as const)('is never decided by who asked, nor by a pipeline: %s', (decision) => {
    expect(decide(asked(), { actor: ann }, decision)).toMatchObject(refusal('permission-missing', 'asked for'));
    expect(decide(asked(), tokenOf(ann), decision)).toMatchObject(refusal('permission-missing', 'asked for'));
    expect(decide(asked({}, tokenOf(ann)), { actor: ann }, decision)).toMatchObject(refusal('permission-missing', 'asked for'));
    expect(decide(asked(), { actor: pipeline }, decision)).toMatchObject(refusal('permission-missing', 'Only a person'));
    expect(decide(asked(), tokenOf(ben), decision)).toMatchObject({ ok: true, value: { decidedBy: ben, decidedAt: later } });
  });

  it('is decided once, and not approved when it is over', () => {
    expect(decide(approved(), { actor: ben }, 'reject')).toMatchObject(refusal('conflict', 'approved already'));
    expect(decide(asked(), { actor: ben }, 'approve', '2026-11-28T12:00:00.000Z')).toMatchObject(refusal('conflict', 'over already'));
    expect(holds(must(decide(asked(), { actor: ben }, 'reject')))).toBe(false);
  });

  it('is ended by who asked, or by who may approve, while there is something to end', () => {
    const end = (override: OverrideRecord, by: Acting, mayApprove = false) => withdrawOverride(override, { ...by, mayApprove }, later);
    expect(end(asked(), { actor: ben })).toMatchObject(refusal('permission-missing', 'can end it'));
    expect(end(asked(), tokenOf(ann))).toMatchObject({ ok: true, value: { state: 'withdrawn', withdrawnBy: ann } });
    const ended = must(end(approved(), { actor: ben }, true));
    expect([ended.state, holds(ended)]).toEqual(['withdrawn', false]);
    expect(end(ended, { actor: ann })).toMatchObject(refusal('conflict', 'nothing to end'));
  });

  it('is open until it is decided against, ended or over', () => {
    expect([asked(), approved()].map((one) => isOpenOverride(one, later))).toEqual([true, true]);
    expect(isOpenOverride(approved(), '2026-11-28T12:00:00.000Z')).toBe(false);
    expect(isOpenOverride(must(decide(asked(), { actor: ben }, 'reject')), later)).toBe(false);
  });
});
