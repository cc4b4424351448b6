import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../core/finding.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Framework } from '../../frameworks/framework.ts';
import { Report, type Scan } from '../report.ts';
import type { Waiver } from '../waiver.ts';
import { type CheckText, finish } from './index.ts';
import { mergeNodes } from './merge-nodes.ts';

const scan: Scan = {
  id: 'scan-1',
  kind: 'configuration',
  startedAt: '2026-06-01T10:00:00.000Z',
  endedAt: '2026-06-01T10:00:01.000Z',
  trigger: 'command line',
  actor: 'someone',
  cluster: { id: 'c-1', name: 'plain', kubernetesVersion: 'v1.36.3', nodes: [] },
  tool: { name: 'gatehouse', version: '0.0.0', scannerVersion: 1 },
  benchmark: { framework: 'cis-kubernetes', version: '2.0.1', range: '1.34-1.35', inRange: false },
};
const check = (id: string): CheckText => ({ id, title: id, severity: 'medium', why: 'Because.', repair: 'Repair it.' });
const framework: Framework = {
  id: 'cis-kubernetes',
  version: '2.0.1',
  minors: [34, 35],
  controls: [
    { id: '1.2.9', title: 'nine', level: 1, automated: true, checks: ['a/one'] },
    { id: '1.2.10', title: 'ten', level: 2, automated: false, checks: ['a/two'] },
    { id: '4.1.1', title: 'never looked at', level: 1, automated: true, checks: ['a/three'] },
  ],
};
const onNode = (node: string, outcome: Outcome, found = 'x'): Judgement => ({
  subject: { kind: 'Node', name: node, role: 'worker', node },
  outcome,
  message: `It is ${outcome}.`,
  evidence: [{ source: `kubelet ${node}`, looked: 'setting', found }],
});
const onWorkload = (name: string, outcome: Outcome): Judgement => ({
  subject: { kind: 'Deployment', namespace: 'shop', name, container: 'main' },
  outcome,
  message: 'Something.',
  evidence: [{ source: 'API', looked: 'spec', found: outcome }],
});
const waiver = (change: Partial<Waiver> = {}): Waiver => ({
  id: 'W-1',
  match: { check: 'a/*' },
  reason: 'r',
  owner: 'o',
  approver: 'a',
  expires: '2026-06-01',
  ...change,
});
const reportOf = (judgements: readonly Judgement[], waivers: readonly Waiver[] = []) =>
  finish({ scan, framework, judged: [{ check: check('a/one'), judgements }], waivers, statements: [] });

describe('nodes', () => {
  it('become one finding per role, with every node in the evidence', () => {
    const merged = mergeNodes([onNode('w1', 'pass'), onNode('w2', 'pass'), onNode('w3', 'pass')]);
    expect(merged).toHaveLength(1);
    expect(merged[0]).toMatchObject({
      subject: { kind: 'Node', name: 'worker', role: 'worker', nodes: ['w1', 'w2', 'w3'] },
      outcome: 'pass',
    });
    expect(merged[0]?.evidence).toEqual([{ source: 'kubelet <node>', looked: 'setting', found: 'x', nodes: ['w1', 'w2', 'w3'] }]);
    expect(merged[0]?.inconsistent).toBeUndefined();
  });

  it('that disagree are inconsistent: worst outcome, most common one, who deviates', () => {
    const [merged] = mergeNodes([onNode('w1', 'pass', 'on'), onNode('w2', 'fail', 'off'), onNode('w3', 'pass', 'on')]);
    expect(merged).toMatchObject({
      outcome: 'fail',
      message: 'It is fail.',
      inconsistent: { mostCommon: 'pass', deviating: [{ node: 'w2', outcome: 'fail' }] },
    });
    expect(merged?.evidence).toHaveLength(2);
  });

  it('keep their own name while there is one only', () =>
    expect(mergeNodes([onNode('w1', 'pass')])[0]?.subject).toEqual({
      kind: 'Node',
      name: 'w1',
      role: 'worker',
      node: 'w1',
      nodes: ['w1'],
    }));

  it('have a fingerprint that survives a repave', () => {
    const before = reportOf([onNode('w1', 'fail')]).findings[0]?.fingerprint;
    expect(reportOf([onNode('w7', 'fail'), onNode('w8', 'fail')]).findings[0]?.fingerprint).toBe(before);
    expect(
      reportOf([{ ...onNode('w1', 'fail'), subject: { kind: 'Node', name: 'w1', role: 'control-plane', node: 'w1' } }]).findings[0]
        ?.fingerprint,
    ).not.toBe(before);
  });
});

describe('controls', () => {
  it('have the worst outcome of their findings; one without a finding is unknown', () => {
    const report = reportOf([onWorkload('a', 'pass'), onWorkload('b', 'unknown'), onWorkload('c', 'manual')]);
    expect(report.controls.map(({ id, outcome, findings }) => [id, outcome, findings])).toEqual([
      ['1.2.9', 'unknown', 3],
      ['1.2.10', 'unknown', 0],
      ['4.1.1', 'unknown', 0],
    ]);
    expect(report.coverage).toEqual({ total: 3, decided: 0, manual: 0, unknown: 3, error: 0, statements: [] });
  });

  it('are named in findings', () =>
    expect(reportOf([onWorkload('a', 'pass')]).findings[0]?.controls).toEqual([
      { framework: 'cis-kubernetes', version: '2.0.1', id: '1.2.9', level: 1, automated: true },
    ]));
});

describe('waivers', () => {
  it('mark failures, drop none, and are counted apart', () => {
    const report = reportOf(
      [onWorkload('a', 'fail'), onWorkload('b', 'fail')],
      [waiver({ match: { check: 'a/one', subject: 'Deployment shop/a *' } })],
    );
    expect(report.counts).toMatchObject({ fail: 1, waived: 1 });
    expect(report.findings.find(({ waiver: mark }) => mark)).toMatchObject({
      subject: { name: 'a' },
      outcome: 'fail',
      waiver: { id: 'W-1', owner: 'o' },
    });
    expect(report.controls[0]).toMatchObject({ outcome: 'fail', findings: 2, waived: 1 });
    expect(report.waivers).toMatchObject([{ id: 'W-1', state: 'used', findings: 1 }]);
  });

  it('hold to the end of their last day, and not a day longer', () => {
    expect(reportOf([onWorkload('a', 'fail')], [waiver({ expires: '2026-06-01' })]).waivers[0]?.state).toBe('used');
    const late = reportOf([onWorkload('a', 'fail')], [waiver({ expires: '2026-05-31' })]);
    expect(late.waivers).toMatchObject([{ state: 'expired', findings: 1 }]);
    expect(late.counts).toMatchObject({ fail: 1, waived: 0 });
  });

  it.each([
    ['a pass', 'pass', {}],
    ['what nobody could look at', 'unknown', {}],
    ['another kind', 'fail', { match: { check: 'a/*', kind: 'sbom' as const } }],
    ['another cluster', 'fail', { match: { check: 'a/*', cluster: 'prod-*' } }],
    ['another check whose name has a dot for a slash', 'fail', { match: { check: 'a.one' } }],
  ] as const)('do not accept %s', (_what, outcome, change) => {
    const report = reportOf([onWorkload('a', outcome)], [waiver(change)]);
    expect(report.waivers).toMatchObject([{ state: 'unused', findings: 0 }]);
    expect(report.counts.waived).toBe(0);
  });

  it('past their date give way to one that still holds', () => {
    const report = reportOf([onWorkload('a', 'fail')], [waiver({ id: 'old', expires: '2026-01-01' }), waiver({ id: 'new' })]);
    expect(report.findings[0]?.waiver?.id).toBe('new');
    expect(report.waivers.map(({ state }) => state)).toEqual(['expired', 'used']);
  });
});

it('puts the worst first and the order of the benchmark next', () => {
  const { findings } = finish({
    scan,
    framework,
    judged: [
      { check: check('a/two'), judgements: [onWorkload('x', 'fail')] },
      { check: check('a/one'), judgements: [onWorkload('b', 'fail'), onWorkload('a', 'fail'), onWorkload('c', 'pass')] },
    ],
    waivers: [],
    statements: [],
  });
  expect(findings.map(({ check: id, subject, outcome }) => `${id} ${subject.name} ${outcome}`)).toEqual([
    'a/one a fail',
    'a/one b fail',
    'a/two x fail',
    'a/one c pass',
  ]);
});

it('gives what the published model promises, without secrets', () => {
  const leak: Judgement = { ...onWorkload('a', 'fail'), evidence: [{ source: 's', looked: 'l', found: 'Bearer abcdefghijklmnop1' }] };
  const report = reportOf([leak]);
  expect(Report.parse(report)).toEqual(report);
  expect(JSON.stringify(report)).not.toContain('abcdefghijklmnop');
});
