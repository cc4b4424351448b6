import { describe, expect, it } from 'vitest';
import { checkedAs, facts, judgementOf, now, policyOf, scan } from '../../../test/support/judgement.ts';
import type { Waiver } from '../../reports/waiver.ts';
import { Evaluation } from '../evaluation.ts';
import { decide, type Judgement } from './decide.ts';
import { explain } from './explain.ts';
import type { Override } from './override.ts';

const required = policyOf('  checks:\n    required: [path.*, drain.*]\n  waivable: [drain.pdb]\n');
const withScans = policyOf(
  '  checks:\n    required: [path.*]\n  scans:\n    - {kind: configuration, maxAge: 168h, maxFailed: {critical: 0}}\n',
);
const decided = (changes: Partial<Judgement>) => decide(judgementOf(changes), []);

describe('the verdict is the worst of what counts', () => {
  it.each([
    ['a required check that fails denies', required, 'fail', 'deny'],
    ['a required check that is unknown denies', required, 'unknown', 'deny'],
    ['a required check that broke denies', required, 'error', 'deny'],
    ['a required check that passes allows', required, 'pass', 'allow'],
    ['what does not apply allows', required, 'not-applicable', 'allow'],
    ['an advisory check that fails warns', judgementOf({}).policy, 'fail', 'warn'],
    ['an advisory check that is unknown warns', judgementOf({}).policy, 'unknown', 'warn'],
  ] as const)('%s', (_, policy, outcome, verdict) => {
    const evaluation = decided({ policy, checked: checkedAs({ 'path.minor-step': 'pass', 'drain.pdb': outcome }) });
    expect(evaluation.verdict).toBe(verdict);
    expect(evaluation.allowed).toBe(verdict === 'allow' || verdict === 'warn');
    expect(Evaluation.parse(evaluation)).toEqual(evaluation);
  });

  it('names what is in the way in the summary', () => {
    const { summary } = decided({ policy: required, checked: checkedAs({ 'drain.pdb': 'fail', 'drain.single-replica': 'fail' }) });
    expect(summary).toBe(
      'Denied (v1.35.4 to v1.36.3). drain.pdb: shop/front allows no disruption. And 1 more check: drain.single-replica.',
    );
  });

  it('leaves out checks that the policy does not name, and says so', () => {
    const evaluation = decided({
      policy: policyOf('  checks:\n    required: [path.*]\n'),
      checked: checkedAs({ 'path.minor-step': 'pass', 'drain.pdb': 'fail' }),
    });
    expect(evaluation.checks.map(({ id }) => id)).toEqual(['path.minor-step']);
    expect(evaluation.statements).toEqual(['Scan evidence was not considered.', 'The policy asks nothing of: drain.pdb.']);
  });
});

describe('scans that are asked for', () => {
  const completed = scan();
  it.each([
    ['fresh and clean', [{ kind: 'configuration', completed }], 'allow'],
    ['none at all', [], 'deny'],
    ['another kind', [{ kind: 'sbom', completed }], 'deny'],
    ['none, and one is on its way', [{ kind: 'configuration', running: { scanId: 'scn-2', since: now } }], 'pending'],
    ['stale', [{ kind: 'configuration', completed: scan({ completedAt: '2026-11-01T00:00:00.000Z' }) }], 'deny'],
    ['from the future', [{ kind: 'configuration', completed: scan({ completedAt: '2026-12-01T00:00:00.000Z' }) }], 'deny'],
    ['the newest run failed', [{ kind: 'configuration', completed, newer: { scanId: 'scn-2', state: 'failed', at: now } }], 'deny'],
    ['a later one was skipped', [{ kind: 'configuration', completed, newer: { scanId: 'scn-2', state: 'skipped', at: now } }], 'allow'],
  ] as const)('%s', (_, scans, verdict) => expect(decided({ policy: withScans, scans }).verdict).toBe(verdict));

  it('a demand that only warns is never allowed in silence', () => {
    const advisory = policyOf('  checks:\n    required: [path.*]\n  scans:\n    - {kind: configuration, maxAge: 168h, required: false}\n');
    expect(decided({ policy: advisory }).verdict).toBe('warn');
  });

  it('are evidence by name, and make the answer end when they become stale', () => {
    const stale = scan({ completedAt: '2026-11-16T12:30:00.000Z' });
    const { evidence, expiresAt, statements } = decided({ policy: withScans, scans: [{ kind: 'configuration', completed: stale }] });
    expect(evidence).toEqual([
      { kind: 'configuration', scanId: 'scn-1', completedAt: stale.completedAt, reportSha256: stale.reportSha256, benchmark: '2.0.1' },
    ]);
    expect(expiresAt).toBe('2026-11-23T12:30:00.000Z');
    expect(statements).toEqual(['The policy asks nothing of: drain.pdb.']);
  });
});

describe('waivers', () => {
  const waiver: Waiver = {
    id: 'W-1',
    match: { check: 'drain.pdb' },
    reason: 'Agreed.',
    owner: 'shop',
    approver: 'Ada',
    expires: '2026-12-31',
  };
  const outcome = (one: Waiver, checked = checkedAs({ 'drain.pdb': 'fail' })) => decided({ policy: required, waivers: [one], checked });

  it('accept a failure, which is shown all the same', () => {
    const { verdict, checks, statements } = outcome(waiver);
    expect(verdict).toBe('allow');
    expect(checks).toMatchObject([{ id: 'drain.pdb', outcome: 'fail', waiver: { id: 'W-1', approver: 'Ada' } }]);
    expect(statements.join()).toContain('accepted until 2026-12-31 by waiver W-1');
  });

  it.each([
    ['has expired', { ...waiver, expires: '2026-11-22' }],
    ['is about another cluster', { ...waiver, match: { check: 'drain.pdb', cluster: 'test-*' } }],
    ['is about another object', { ...waiver, match: { check: 'drain.pdb', subject: 'PodDisruptionBudget bank/*' } }],
    ['is about findings of scans', { ...waiver, match: { check: 'drain.pdb', kind: 'configuration' as const } }],
    ['was meant for all findings', { ...waiver, match: { check: '*' } }],
  ])('deny when the waiver %s', (_, one) => expect(outcome(one).verdict).toBe('deny'));

  it('accept an object by name', () =>
    expect(outcome({ ...waiver, match: { check: 'drain.*', subject: 'PodDisruptionBudget shop/*' } }).verdict).toBe('allow'));
  it('accept nothing that nobody could look at', () => expect(outcome(waiver, checkedAs({ 'drain.pdb': 'unknown' })).verdict).toBe('deny'));
  it('accept nothing that the policy does not call waivable', () =>
    expect(outcome({ ...waiver, match: { check: 'path.*' } }, checkedAs({ 'path.minor-step': 'fail' })).verdict).toBe('deny'));
});

describe('rules', () => {
  const rules = (extra: string) =>
    policyOf(`  checks: {}\n  validations:\n    - {id: r, expression: 'true', message: it must hold}\n${extra}`);
  it.each([
    ['pass', '', 'allow'],
    ['fail', '', 'deny'],
    ['error', '', 'deny'],
    ['fail', '  validationActions: [Warn]\n', 'warn'],
    ['error', '  failurePolicy: Warn\n', 'warn'],
    ['fail', '  failurePolicy: Warn\n', 'deny'],
    ['fail', '  validationActions: [Audit]\n', 'allow'],
  ] as const)('%s under "%s"', (outcome, extra, verdict) =>
    expect(decide(judgementOf({ policy: rules(extra), checked: [] }), [{ id: 'r', outcome, message: 'Said.' }]).verdict).toBe(verdict),
  );
  it('that nobody answered for are errors', () => expect(decide(judgementOf({ policy: rules('') }), []).verdict).toBe('deny'));
  it('that were answered twice are errors', () => {
    const twice = [
      { id: 'r', outcome: 'pass', message: '.' },
      { id: 'r', outcome: 'fail', message: '.' },
    ] as const;
    expect(decide(judgementOf({ policy: rules('') }), twice).verdict).toBe('deny');
  });
  it('that are only audited are mentioned', () =>
    expect(
      decide(judgementOf({ policy: rules('  validationActions: [Audit]\n') }), [{ id: 'r', outcome: 'fail', message: 'Said.' }]).statements,
    ).toContain('Audited only, rule.r: Said.'));
});

describe('windows and freezes', () => {
  const policy = policyOf(
    "  checks:\n    required: [path.*]\n  windows:\n    - {cron: '0 22 * * 1-5', timeZone: Europe/Zurich, hours: 4}\n  freezes:\n    - {from: '2026-12-20T00:00:00Z', to: '2027-01-04T00:00:00Z', reason: Holidays}\n",
  );
  it.each([
    ['2026-11-23T20:59:59.000Z', 'deny'],
    ['2026-11-23T21:00:00.000Z', 'allow'],
    ['2026-11-24T00:59:59.000Z', 'allow'],
    ['2026-11-24T01:00:00.000Z', 'deny'],
    ['2026-11-21T22:00:00.000Z', 'deny'],
    // summer time: 22:00 in Zurich is 20:00 in UTC
    ['2026-07-01T20:00:00.000Z', 'allow'],
    ['2026-12-21T21:30:00.000Z', 'deny'],
  ])('at %s: %s', (at, verdict) => expect(decided({ policy, now: at }).verdict).toBe(verdict));
  it('says when the next window opens, and what freezes', () => {
    const { checks, expiresAt } = decided({ policy, now: '2026-12-21T12:00:00.000Z' });
    expect(checks.map(({ message }) => message).join()).toContain('opens at 2026-12-21T21:00:00.000Z');
    expect(checks.map(({ message }) => message).join()).toContain('until 2027-01-04T00:00:00Z: Holidays.');
    expect(expiresAt).toBe('2026-12-21T13:00:00.000Z');
    expect(decided({ policy, now: '2026-11-24T00:30:00.000Z' }).expiresAt).toBe('2026-11-24T01:00:00.000Z');
  });
});

describe('an override', () => {
  const override: Override = {
    id: 'ovr-1',
    clusterId: 'c-1',
    target: 'v1.36.3',
    reason: 'A flaw must be closed today.',
    requestedBy: { id: 'u-1', name: 'Ada' },
    requestedAt: '2026-11-23T11:00:00.000Z',
    approvedBy: { id: 'u-2', name: 'Grace' },
    approvedAt: '2026-11-23T11:30:00.000Z',
    expires: '2026-11-23T12:20:00.000Z',
  };
  const denied = { policy: required, checked: checkedAs({ 'drain.pdb': 'fail' }) };
  it('turns a denial into a warning that says who and why, and ends with it', () => {
    const { verdict, summary, statements, expiresAt } = decided({ ...denied, overrides: [override] });
    expect([verdict, expiresAt]).toEqual(['warn', override.expires]);
    expect(summary).toContain('override that Grace approved; without it: Denied');
    expect(statements[1]).toContain('A flaw must be closed today.');
  });
  it.each([
    ['nobody approved it', { approvedBy: undefined }],
    ['the asker approved it', { approvedBy: override.requestedBy }],
    ['it is over', { expires: now }],
    ['it is about another target', { target: 'v1.37.0' }],
    ['it is about another cluster', { clusterId: 'c-2' }],
    ['it has no reason', { reason: ' ' }],
  ])('denies when %s', (_, change) =>
    expect(decided({ ...denied, overrides: [{ ...override, ...change } as Override] }).verdict).toBe('deny'),
  );
});

describe('the same evidence is the same evaluation', () => {
  it('and any other evidence another hash', () => {
    const one = decided({});
    expect(decided({})).toEqual(one);
    for (const change of [
      { facts: { ...facts, observedAt: '2026-11-23T12:00:01.000Z' } },
      { target: 'v1.36.2' },
      { policy: required },
      { scans: [{ kind: 'sbom' as const, completed: scan() }] },
      { waivers: [{ id: 'W', match: { check: 'x' }, reason: 'r', owner: 'o', approver: 'a', expires: '2027-01-01' }] },
    ])
      expect(decided(change).evidenceHash).not.toBe(one.evidenceHash);
  });

  it('explains what changed since', () => {
    const before = decided({ policy: required, checked: checkedAs({ 'path.minor-step': 'pass', 'drain.pdb': 'fail' }) });
    const after = decided({ policy: required, checked: checkedAs({ 'path.minor-step': 'pass', 'drain.pdb': 'pass' }), previous: before });
    expect(after.previous?.changes).toEqual([
      'The verdict is allow now and was deny.',
      'drain.pdb passes now and was "fail" before: Said so.',
    ]);
    expect(explain(before, before)).toEqual(['Nothing changed that was judged.']);
    expect(explain(before, decided({ policy: withScans, scans: [{ kind: 'configuration', completed: scan() }] }))).toEqual(
      expect.arrayContaining([
        'The policy test was changed.',
        'drain.pdb is no longer asked.',
        'The configuration scan is now scn-1 of 2026-11-22T12:00:00.000Z.',
      ]),
    );
  });
});
