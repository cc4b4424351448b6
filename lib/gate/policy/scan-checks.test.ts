import { describe, expect, it } from 'vitest';
import { now, scan } from '../../../test/support/judgement.ts';
import { ScanDemand } from './policy.ts';
import { judgeScans } from './scan-checks.ts';
import type { FailureSeen } from './scan-seen.ts';

const failure = (changes: Partial<FailureSeen> = {}): FailureSeen => ({
  check: 'kubelet/anonymous-auth',
  subject: 'Nodes worker',
  severity: 'critical',
  isNew: false,
  waiver: null,
  ...changes,
});
const waiver = { id: 'W-1', reason: 'r', owner: 'o', approver: 'a', expires: '2026-12-31' };
const judge = (demand: object, completed: Parameters<typeof scan>[0]) =>
  judgeScans(
    [ScanDemand.parse({ kind: 'configuration', maxAge: '168h', ...demand })],
    [{ kind: 'configuration', completed: scan(completed) }],
    now,
  )[0];

describe('thresholds', () => {
  it.each([
    ['one failure too many', { maxFailed: { critical: 0 } }, { failures: [failure()] }, 'fail', '1 critical failure (at most 0)'],
    ['as many as allowed', { maxFailed: { critical: 1 } }, { failures: [failure()] }, 'pass', ''],
    ['of a severity without a limit', { maxFailed: { high: 0 } }, { failures: [failure()] }, 'pass', ''],
    [
      'accepted ones do not count, and are named',
      { maxFailed: { critical: 0 } },
      { failures: [failure({ waiver })] },
      'pass',
      '1 failure is waived: kubelet/anonymous-auth (W-1).',
    ],
    [
      'accepted until yesterday',
      { maxFailed: { critical: 0 } },
      { failures: [failure({ waiver: { ...waiver, expires: '2026-11-22' } })] },
      'fail',
      '',
    ],
    [
      'a check that must not fail',
      { forbidden: ['kubelet/*'] },
      { failures: [failure({ severity: 'low' })] },
      'fail',
      'kubelet/anonymous-auth must not fail',
    ],
    ['other checks may', { forbidden: ['etcd/*'] }, { failures: [failure()] }, 'pass', ''],
    ['a new failure', { noneNew: 'high' }, { failures: [failure({ isNew: true })] }, 'fail', '1 new failure'],
    ['a new one that is mild', { noneNew: 'high' }, { failures: [failure({ isNew: true, severity: 'low' })] }, 'pass', ''],
    ['an old one', { noneNew: 'high' }, { failures: [failure()] }, 'pass', ''],
    ['nobody knows what is new', { noneNew: 'high' }, { failures: [failure()], isCompared: false }, 'unknown', 'no scan before it'],
    ['too little decided', { minDecided: 95 }, {}, 'fail', '90 % of the controls'],
    ['enough decided', { minDecided: 90 }, {}, 'pass', ''],
    ['another benchmark', { benchmark: '1.9.0' }, {}, 'fail', 'benchmark 2.0.1 instead of 1.9.0'],
    ['the benchmark', { benchmark: '2.0.1' }, {}, 'pass', ''],
    ['nobody counted scores', { maxUnscored: 3 }, {}, 'unknown', 'without a score'],
    ['too many without a score', { maxUnscored: 3 }, { unscored: 4 }, 'fail', '4 findings have no score'],
    ['few without a score', { maxUnscored: 3 }, { unscored: 3 }, 'pass', ''],
    ['advisories that were old when it ran', {}, { staleAdvisories: ['Debian:12', 'Go'] }, 'fail', 'old advisories (Debian:12, Go)'],
    ['fresh advisories', {}, { staleAdvisories: [] }, 'pass', ''],
    ['one minute too old', { maxAge: '23h59m' }, {}, 'fail', '24 hours old'],
    ['just young enough', { maxAge: '24h' }, {}, 'pass', ''],
  ] as const)('%s', (_, demand, completed, outcome, says) => {
    const check = judge(demand, completed);
    expect([check?.outcome, check?.message]).toEqual([outcome, expect.stringContaining(says)]);
  });
  it('names what is in the way', () =>
    expect(judge({ maxFailed: { critical: 0 } }, { failures: [failure()] })?.resources).toEqual([
      { kind: 'Finding', name: 'kubelet/anonymous-auth', detail: 'critical: Nodes worker' },
    ]));
});
