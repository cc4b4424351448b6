import { describe, expect, it } from 'vitest';
import { recordedJunit } from '../../test/support/suite-recording.ts';
import { compare } from '../reports/compare.ts';
import { renderReport } from '../reports/renderers/renderer.ts';
import { Report } from '../reports/report.ts';
import type { ConformanceFacts } from '../scanners/conformance/index.ts';
import { readJunit } from '../scanners/conformance/junit.ts';
import { idsOf } from '../scanners/conformance/test-name.ts';
import { cutText, judgeConformanceFacts } from './judge-conformance.ts';
import type { RunDescription } from './judge-facts.ts';

const run: RunDescription = {
  scanId: 's1',
  trigger: 'command line',
  actor: 'admin',
  toolVersion: '1.2.3',
  startedAt: '2026-11-28T07:00:00.000Z',
  endedAt: '2026-11-28T07:03:00.000Z',
  waivers: [],
  statements: [],
};

const recorded = async (): Promise<ConformanceFacts> => {
  const read = readJunit(await recordedJunit());
  if (!read.ok) throw new Error(read.failure.say);
  const { tests, setUp, skipped, names } = read.value;
  return {
    cluster: { id: 'uid', name: 'production', kubernetesVersion: 'v1.36.3' },
    mode: 'custom',
    selection: { focus: 'ConfigMap', skip: '' },
    image: 'registry.k8s.io/conformance:v1.36.3',
    nodes: [],
    startedAt: run.startedAt,
    seconds: 154.6,
    notes: ['A note.'],
    tests,
    setUp,
    passed: 21,
    failed: 3,
    skipped,
    selected: 24,
    ids: Object.fromEntries(idsOf(names)),
    leftovers: [],
    files: {},
  };
};
const judged = (facts: ConformanceFacts, more: Partial<RunDescription> = {}): Report => {
  const report = judgeConformanceFacts(facts, { ...run, ...more });
  if (!report.ok) throw new Error(report.failure.say);
  return Report.parse(report.value);
};
const sayOf = (facts: ConformanceFacts): string => {
  const report = judgeConformanceFacts(facts, run);
  return report.ok ? 'a report' : `${report.failure.code}: ${report.failure.say}`;
};
const cutFacts = async (state: 'failed' | 'timed-out' = 'failed'): Promise<ConformanceFacts> => {
  const facts = await recorded();
  return {
    ...facts,
    tests: facts.tests.filter(({ hasPassed }) => !hasPassed),
    passed: 10,
    cut: { state, why: 'Somebody removed the pod.' },
  };
};

describe('the report of a conformance scan', () => {
  it('has one finding for each test that ran, and counts the others', async () => {
    const report = judged(await recorded());
    expect(report.counts).toMatchObject({ pass: 21, fail: 3, unknown: 0, skipped: 39 });
    expect(report.findings).toHaveLength(24);
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(24);
    expect(report.controls.map(({ id, outcome, findings }) => [id, outcome, findings])).toEqual([
      ['sig-api-machinery', 'pass', 5],
      ['sig-cli', 'fail', 1],
      ['sig-node', 'fail', 7],
      ['sig-storage', 'pass', 11],
    ]);
    const first = report.findings.find(({ check }) => check.includes('various-prefixes'));
    expect(first).toMatchObject({
      check: 'conformance/configmap-should-be-consumable-as-environment-variable-names-with-various-prefixes',
      outcome: 'fail',
      severity: 'high',
      subject: { kind: 'Cluster', name: 'production' },
    });
    expect(first?.message).toContain('expected "data-1=value-1" in container output');
    expect(report.scan.benchmark).toEqual({ framework: 'kubernetes-conformance', version: 'v1.36.3', range: '1.36', inRange: true });
    expect(report.coverage.statements).toEqual(
      expect.arrayContaining([expect.stringContaining('24 tests ran: 21 passed, 3 failed'), 'A note.']),
    );
    expect(report.conformance).toMatchObject({ isWhole: true, passed: 21, failed: 3, seconds: 154.6 });
  });

  it.each(['csv', 'json', 'sarif', 'junit', 'oscal'] as const)('can be rendered as %s', async (format) => {
    let text = '';
    for await (const piece of await renderReport(format, judged(await recorded()))) text += String(piece);
    expect(text).toContain('Kubectl client Kubectl diff');
  });

  it('says that another suite ran than the cluster’s, and what is still there', async () => {
    const facts: ConformanceFacts = {
      ...(await recorded()),
      image: 'own.example/conformance:v1.35.1',
      leftovers: [
        { kind: 'CustomResourceDefinition', name: 'x.example' },
        { kind: 'Node', name: 'w1', what: 'taint e2e' },
      ],
      setUp: [{ name: '[ReportAfterSuite]', output: 'boom' }],
    };
    const text = judged(facts).coverage.statements.join('\n');
    expect(text).toContain('is not that of the cluster');
    expect(text).toContain('CustomResourceDefinition x.example, Node w1 (taint e2e)');
    expect(text).toContain('[ReportAfterSuite]');
  });

  it('accepts a known failure by a waiver', async () => {
    const waiver = {
      id: 'w',
      match: { check: 'conformance/kubectl-client-*' },
      reason: 'r',
      owner: 'o',
      approver: 'a',
      expires: '2030-01-01',
    };
    expect(judged(await recorded(), { waivers: [waiver] }).counts).toMatchObject({ fail: 2, waived: 1 });
  });

  it('of a run that was cut off decides a group by a failure only', async () => {
    const report = judged(await cutFacts());
    expect(report.controls.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['sig-cli', 'fail'],
      ['sig-node', 'fail'],
      ['cut-off', 'unknown'],
    ]);
    expect(report.coverage.statements[0]).toContain(
      'so this report is partial: Somebody removed the pod; until then 10 tests had passed and 3 failed, and 11 of 24 tests were still to come.',
    );
    expect(report.conformance?.isWhole).toBe(false);
    expect(cutText(await recorded())).toBeUndefined();
  });

  it('is none where no test ran', async () => {
    const none = { ...(await recorded()), tests: [], passed: 0, failed: 0 };
    expect(sayOf(none)).toContain('input-invalid: No test of the suite fits the focus "ConfigMap"');
    expect(sayOf({ ...none, setUp: [{ name: '[SynchronizedBeforeSuite]', output: 'no nodes' }] })).toContain(
      '([SynchronizedBeforeSuite]): no nodes',
    );
    expect(sayOf({ ...none, cut: { state: 'timed-out', why: 'Too long.' } })).toMatch(
      /^timed-out: Too long; until then 0 tests had passed/,
    );
  });
});

describe('two conformance scans', () => {
  it('are compared test by test: what did not run is not resolved', async () => {
    const base = await recorded();
    const diff = base.tests.find(({ name }) => name.includes('diff finds')) as ConformanceFacts['tests'][number];
    const fixed = { ...base, tests: base.tests.map((one) => (one === diff ? { ...one, hasPassed: true } : one)) };
    const without = { ...base, tests: base.tests.filter((one) => one !== diff) };
    const changes = (head: ConformanceFacts) => {
      const compared = compare(judged(base), judged(head, { scanId: 's2', startedAt: '2026-11-29T07:00:00.000Z' }));
      return (
        compared.ok &&
        [compared.value.new, compared.value.resolved, compared.value.persisting, compared.value.notComparable].map((some) => some.length)
      );
    };
    expect(changes(base)).toEqual([0, 0, 3, 0]);
    expect(changes(fixed)).toEqual([0, 1, 2, 0]);
    expect(changes(without)).toEqual([0, 0, 2, 1]);
  });
});
