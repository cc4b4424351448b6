import { describe, expect, it } from 'vitest';
import type { Actor } from './common.ts';
import { WaiverRecord, WaiverRequest } from './waiver.ts';
import { type Acting, activeWaivers, decideWaiver, requestWaiver, waiversToWarnAbout, withdrawWaiver } from './waiver-rules.ts';

const now = '2026-11-27T23:30:00.000Z';
const ann: Actor = { type: 'person', id: 'usr-aaaaaaaaaaaa', name: 'Ann' };
const ben: Actor = { type: 'person', id: 'usr-bbbbbbbbbbbb', name: 'Ben' };
const tokenOf = (owner: Actor): Acting => ({ actor: { type: 'token', id: 'tok-0123456789ab', name: 'nightly' }, owner });
const pipeline: Actor = { type: 'pipeline', id: 'repo:shop/infra', name: 'shop/infra' };

const asked = (more: object = {}, by: Acting = { actor: ann }) =>
  requestWaiver(
    WaiverRequest.parse({ match: { check: 'kubelet/*' }, reason: 'Planned.', owner: 'platform', expires: '2027-01-31', ...more }),
    {
      id: 'wvr-0123456789ab',
      projectId: 'default',
      by,
      now,
    },
  );
const unwrap = <T>(result: { ok: true; value: T } | { ok: false; failure: { say: string } }): T => {
  if (!result.ok) throw new Error(result.failure.say);
  return result.value;
};
const requested = (more: object = {}, by?: Acting): WaiverRecord => unwrap(asked(more, by));
const approved = (more: object = {}): WaiverRecord =>
  unwrap(decideWaiver(requested(more), { decision: 'approve', by: { actor: ben }, now }));
const refusal = (code: string, say: string) => ({ ok: false, failure: { code, say: expect.stringContaining(say) } });

describe('requestWaiver', () => {
  it('makes a record that marks nothing yet', () => {
    const waiver = requested({ untilFixable: true });
    expect(WaiverRecord.parse(waiver)).toEqual(waiver);
    expect(waiver).toMatchObject({ state: 'requested', requestedBy: ann, requestedAt: now, untilFixable: true });
    expect(activeWaivers([waiver], now)).toEqual([]);
  });

  it('names the person behind a token, and takes no token of nobody', () => {
    expect(requested({}, tokenOf(ann)).requestedBy).toEqual(ann);
    expect(requested({}, { actor: pipeline }).requestedBy).toEqual(pipeline);
    expect(asked({}, { actor: tokenOf(ann).actor })).toMatchObject(refusal('permission-missing', 'whose token'));
  });

  it.each([
    ['2026-11-27', true], // the last day is today, to its end
    ['2026-11-26', false],
    ['2026-11-27T23:30:00Z', false],
    ['2026-11-27T23:30:01Z', true],
    ['2028-11-27', true],
    ['2028-11-27T23:59:59Z', true],
    ['2028-11-28', false],
    ['2028-11-28T00:00:00Z', false],
  ])('ends in the future and within two years: %s is %s', (expires, fits) => {
    expect(asked({ expires }).ok).toBe(fits);
  });

  it('says what is wrong with the end', () => {
    expect(asked({ expires: '2026-11-26' })).toMatchObject(refusal('input-invalid', 'over already on 2026-11-26'));
    expect(asked({ expires: '2029-01-01' })).toMatchObject(refusal('input-invalid', 'two years at most, until 2028-11-27'));
  });

  it('counts two years from a leap day to the first of March', () => {
    const of = (expires: string) =>
      requestWaiver(WaiverRequest.parse({ match: { check: '*' }, reason: 'r', owner: 'o', expires }), {
        id: 'wvr-0123456789ab',
        projectId: 'default',
        by: { actor: ann },
        now: '2028-02-29T12:00:00.000Z',
      });
    expect([of('2030-03-01').ok, of('2030-03-02').ok]).toEqual([true, false]);
  });
});

describe('decideWaiver', () => {
  it('approves and rejects by another person', () => {
    expect(approved({ untilFixable: true })).toMatchObject({ state: 'approved', decidedBy: ben, decidedAt: now, untilFixable: true });
    expect(approved()).not.toHaveProperty('decisionReason');
    const rejected = unwrap(decideWaiver(requested(), { decision: 'reject', by: tokenOf(ben), reason: 'Too wide.', now }));
    expect(WaiverRecord.parse(rejected)).toMatchObject({ state: 'rejected', decidedBy: ben, decisionReason: 'Too wide.' });
  });

  it.each<[string, Acting, Acting]>([
    ['themselves', { actor: ann }, { actor: ann }],
    ['with a token of their own', { actor: ann }, tokenOf(ann)],
    ['what their token asked for', tokenOf(ann), { actor: ann }],
    [
      'with one token what another one asked for',
      tokenOf(ann),
      { ...tokenOf(ann), actor: { type: 'token', id: 'tok-ffffffffffff', name: 'x' } },
    ],
    ['under another name', { actor: ann }, { actor: { ...ann, name: 'Anna' } }],
  ])('refuses who asked: %s', (_, asks, decides) => {
    for (const decision of ['approve', 'reject'] as const)
      expect(decideWaiver(requested({}, asks), { decision, by: decides, now })).toMatchObject(
        refusal('permission-missing', 'another person must'),
      );
  });

  it.each([pipeline, tokenOf(ben).actor, { type: 'service', id: 'gatehouse', name: 'Gatehouse' } as const])('refuses a $type', (actor) => {
    expect(decideWaiver(requested(), { decision: 'approve', by: { actor }, now })).toMatchObject(
      refusal('permission-missing', 'Only a person'),
    );
  });

  it('decides once, and approves nothing that is over by then; that can be rejected', () => {
    expect(decideWaiver(approved(), { decision: 'reject', by: { actor: ben }, now })).toMatchObject(
      refusal('conflict', 'approved already'),
    );
    const later = '2027-02-01T00:00:00Z';
    expect(decideWaiver(requested(), { decision: 'approve', by: { actor: ben }, now: later })).toMatchObject(
      refusal('input-invalid', 'over already'),
    );
    expect(decideWaiver(requested(), { decision: 'reject', by: { actor: ben }, now: later }).ok).toBe(true);
  });
});

describe('withdrawWaiver', () => {
  it('lets who asked take it back, before and after it was approved, also with a token', () => {
    for (const waiver of [requested(), approved()])
      for (const by of [{ actor: ann }, tokenOf(ann)])
        expect(withdrawWaiver(waiver, { ...by, mayApprove: false })).toEqual({ ok: true, value: { ...waiver, state: 'withdrawn' } });
  });

  it('lets others only if they may approve', () => {
    expect(withdrawWaiver(requested(), { actor: ben, mayApprove: false })).toMatchObject(refusal('permission-missing', 'who asked'));
    expect(withdrawWaiver(requested(), { actor: ben, mayApprove: true }).ok).toBe(true);
  });

  it('leaves what has ended', () => {
    const over = unwrap(withdrawWaiver(approved(), { actor: ann, mayApprove: false }));
    expect(withdrawWaiver(over, { actor: ann, mayApprove: true })).toMatchObject(refusal('conflict', 'withdrawn already'));
    expect(activeWaivers([over], now)).toEqual([]);
  });
});

describe('activeWaivers', () => {
  it('are those approved by then, with who approved them', () => {
    expect(activeWaivers([approved({ untilFixable: true })], now)).toEqual([
      {
        id: 'wvr-0123456789ab',
        match: { check: 'kubelet/*' },
        reason: 'Planned.',
        owner: 'platform',
        approver: 'Ben',
        expires: '2027-01-31',
        untilFixable: true,
      },
    ]);
    expect(activeWaivers([approved()], '2026-11-27T23:29:59Z')).toEqual([]);
    const { decidedBy: _, ...broken } = approved();
    const { decidedAt: __, ...undated } = approved();
    expect(activeWaivers([broken, undated], now)).toEqual([]);
  });

  it('are about the kind and the cluster of the scan', () => {
    const waivers = [approved({ match: { check: '*', kind: 'sbom' } }), approved({ match: { check: '*', cluster: 'shop-*' } })];
    const count = (scan: Parameters<typeof activeWaivers>[2]) => activeWaivers(waivers, now, scan).length;
    expect(count({ kind: 'sbom', clusterName: 'shop-1' })).toBe(2);
    expect(count({ kind: 'sbom', clusterName: 'bank-1' })).toBe(1);
    expect(count({ kind: 'configuration', clusterName: 'shop-1' })).toBe(1);
    expect(count({ kind: 'configuration', clusterName: 'bank-1' })).toBe(0);
    expect(count({})).toBe(2);
  });

  it('are named for thirty days after they expired', () => {
    expect(activeWaivers([approved()], '2027-03-02T23:59:59Z')).toHaveLength(1);
    expect(activeWaivers([approved()], '2027-03-03T00:00:00Z')).toHaveLength(0);
  });
});

describe('waiversToWarnAbout', () => {
  it.each([
    ['2027-01-17T23:59:59.998Z', 0],
    ['2027-01-17T23:59:59.999Z', 1],
    ['2027-01-31T23:59:59.999Z', 1],
    ['2027-02-01T00:00:00.000Z', 0],
  ])('from fourteen days before the end until it: at %s %i', (at, count) => {
    expect(waiversToWarnAbout([approved()], at)).toHaveLength(count);
  });

  it('warns once, and only of what is approved', () => {
    const at = '2027-01-25T00:00:00Z';
    expect(waiversToWarnAbout([{ ...approved(), warnedAt: '2027-01-20T00:00:00Z' }, requested()], at)).toEqual([]);
  });
});
