import { describe, expect, it } from 'vitest';
import { aNetwork, kubelet, networkReport, probed } from '../../test/support/network-report.ts';
import { aScan, aWaiver, buildReport, clusterWide, judged, onNode, type ReportParts, workload } from '../../test/support/report-builder.ts';
import type { Judgement, Vantage } from '../core/finding.ts';
import { compare, summarise } from './compare.ts';
import { Comparison, changeKinds } from './comparison.ts';
import type { Report, Scan } from './report.ts';

const earlier = { id: 'scan-1', startedAt: '2026-06-01T10:00:00.000Z', endedAt: '2026-06-01T10:00:01.000Z' };
const reportOf = (judgements: readonly Judgement[], change: ReportParts = {}) =>
  buildReport({ judged: judgements.length > 0 ? [['pods/one', ...judgements]] : [], ...change });
const baseOf = (judgements: readonly Judgement[], change: ReportParts = {}) => reportOf(judgements, { scan: earlier, ...change });

const compared = (base: Report, head: Report): Comparison => {
  const answer = compare(base, head);
  if (!answer.ok) throw new Error(answer.failure.say);
  return answer.value;
};
/** What the comparison says of each failure, as `list subject: reason`. */
const told = (base: Report, head: Report): readonly string[] => {
  const comparison = compared(base, head);
  return changeKinds.flatMap((kind) => comparison[kind].map(({ subject, reason }) => `${kind} ${subject.name}: ${reason}`));
};
const a = (outcome: 'pass' | 'fail' | 'manual' | 'unknown' | 'error' | 'not-applicable', message = 'Why.') =>
  judged(workload('a'), outcome, { message });
const other = judged(workload('other'), 'pass');

describe('a failure', () => {
  it.each([
    ['passed before', [a('pass')], 'new a: It passed in the base scan.'],
    ['did not apply before', [a('not-applicable')], 'new a: It did not apply in the base scan.'],
    ['was not there while the check judged others', [other], 'new a: The subject was not there in the base scan.'],
    [
      'was not there while the check judged the cluster',
      [judged(clusterWide, 'pass')],
      'new a: The subject was not there in the base scan.',
    ],
    ['could not be looked at before', [a('unknown', 'No right.')], 'notComparable a: In the base scan the outcome is unknown: No right.'],
    ['waited for a person before', [a('manual')], 'notComparable a: In the base scan the outcome is manual: Why.'],
    ['met a broken check before', [a('error')], 'notComparable a: In the base scan the outcome is error: Why.'],
    ['belongs to a check that did not run before', [], 'notComparable a: The check did not run in the base scan.'],
    [
      'was hidden with the whole cluster before',
      [other, judged(clusterWide, 'unknown', { message: 'No right.' })],
      'notComparable a: In the base scan the outcome is unknown: No right.',
    ],
    [
      'was hidden with its namespace before',
      [other, judged({ kind: 'Namespace', name: 'shop' }, 'unknown', { message: 'No right.' })],
      'notComparable a: In the base scan the outcome is unknown: No right.',
    ],
    [
      'is in another namespace than the hidden one',
      [other, judged({ kind: 'Namespace', name: 'bank' }, 'unknown')],
      'new a: The subject was not there in the base scan.',
    ],
    [
      'was not there while nothing else was decided',
      [judged(workload('other'), 'unknown', { message: 'No right.' })],
      'notComparable a: In the base scan the outcome is unknown: No right.',
    ],
  ])('that %s', (_what, base, expected) => expect(told(baseOf(base), reportOf([a('fail')]))).toEqual([expected]));

  it('that passes now, does not apply any more, or is gone is resolved', () => {
    const base = baseOf([a('fail')]);
    expect(told(base, reportOf([a('pass')]))).toEqual(['resolved a: It passes in the head scan.']);
    expect(told(base, reportOf([a('not-applicable')]))).toEqual(['resolved a: It does not apply any more in the head scan.']);
    expect(told(base, reportOf([other]))).toEqual(['resolved a: The subject is gone: the head scan looked and did not find it.']);
  });

  it('whose subject is still there but not reported any more is resolved in other words', () => {
    const head = buildReport({
      judged: [
        ['pods/one', judged(clusterWide, 'pass')],
        ['pods/two', judged(workload('a'), 'pass')],
      ],
    });
    expect(told(baseOf([a('fail')]), head)).toEqual(['resolved a: The head scan looked and does not report the subject any more.']);
  });

  it.each([
    ['that could not be looked at now', [a('unknown', 'No right.')], 'In the head scan the outcome is unknown: No right.'],
    ['that waits for a person now', [a('manual')], 'In the head scan the outcome is manual: Why.'],
    ['whose check broke', [a('error')], 'In the head scan the outcome is error: Why.'],
    ['whose check did not run', [], 'The check did not run in the head scan.'],
    [
      'that is gone with everything the scan may see',
      [judged(clusterWide, 'unknown', { message: 'No right.' })],
      'In the head scan the outcome is unknown: No right.',
    ],
  ])('%s is never resolved', (_what, head, reason) =>
    expect(told(baseOf([a('fail')]), reportOf(head))).toEqual([`notComparable a: ${reason}`]),
  );

  it('on nodes is hidden when the nodes of its role could not be looked at', () => {
    const file = { kind: 'File', name: '/etc/kubernetes/kubelet.conf', role: 'worker', node: 'w1' };
    const head = reportOf([judged(onNode('w1'), 'unknown', { message: 'No route.' }), judged(onNode('cp1', 'control-plane'), 'pass')]);
    expect(told(baseOf([judged(file, 'fail')]), head)).toEqual([
      'notComparable /etc/kubernetes/kubelet.conf: In the head scan the outcome is unknown: No route.',
    ]);
  });

  it('on nodes persists although a repave renamed every node', () =>
    expect(compared(baseOf([judged(onNode('w1'), 'fail')]), reportOf([judged(onNode('w9'), 'fail')])).persisting).toHaveLength(1));
});

describe('changes of waivers and severity', () => {
  const waivers = [aWaiver('W-1', 'pods/*')];
  it.each([
    ['waived since', {}, { waivers }, ['Waived since, by W-1 until 2026-12-31.']],
    ['not waived any more', { waivers }, {}, ['No longer waived: W-1 (until 2026-12-31) does not hold any more.']],
    [
      'waived for longer',
      { waivers },
      { waivers: [aWaiver('W-1', 'pods/*', { expires: '2027-01-31' })] },
      ['Waived by W-1 until 2027-01-31, in the base scan by W-1 until 2026-12-31.'],
    ],
    ['waived as before', { waivers }, { waivers }, []],
  ])('are shown: %s', (_what, base, head, changed) => {
    const [finding] = compared(baseOf([a('fail')], base), reportOf([a('fail')], head)).persisting;
    expect(finding?.changed).toEqual(changed);
  });

  it('are shown: severity', () => {
    const [head] = [reportOf([a('fail')])];
    const severe = { ...head, findings: head.findings.map((finding) => ({ ...finding, severity: 'high' as const })) };
    expect(compared(baseOf([a('fail')]), severe).persisting[0]?.changed).toEqual(['Severity high, in the base scan medium.']);
  });
});

describe('versions', () => {
  const scanner2 = { scan: { tool: { name: 'gatehouse' as const, version: '0.2.0', scannerVersion: 2 } } };
  it('of the scanner make every change not comparable, and leave what fails in both', () => {
    const base = baseOf([a('pass'), judged(workload('b'), 'fail'), judged(workload('c'), 'fail')]);
    const head = reportOf([a('fail'), judged(workload('b'), 'pass'), judged(workload('c'), 'fail')], scanner2);
    const why = 'Scanner version 1 judged the base scan and 2 the head scan, so a change may come from the scanner.';
    expect(told(base, head)).toEqual([`notComparable a: ${why}`, `notComparable b: ${why}`, 'persisting c: It fails in both scans.']);
    expect(compared(base, head).statements).toEqual([`${why} Only what fails in both scans is compared.`]);
  });

  it('of benchmark and Kubernetes are stated, and compared all the same', () => {
    const benchmark = { framework: 'cis-kubernetes', version: '1.12', range: '1.32-1.34', inRange: true };
    const cluster = { ...aScan().cluster, kubernetesVersion: 'v1.34.1' };
    const comparison = compared(baseOf([a('pass')], { scan: { ...earlier, benchmark, cluster } }), reportOf([a('fail')]));
    expect(comparison.new).toHaveLength(1);
    expect(comparison.statements).toEqual([
      'The base scan used cis-kubernetes 1.12, the head scan cis-kubernetes 2.0.1: control numbers differ, findings are compared all the same.',
      'The cluster ran Kubernetes v1.34.1 in the base scan and v1.36.3 in the head scan.',
    ]);
  });
});

describe('statements', () => {
  it('tell that time runs backwards, without refusing', () => {
    const comparison = compared(reportOf([a('fail')]), baseOf([a('pass')]));
    expect(comparison.resolved).toHaveLength(1);
    expect(comparison.statements[0]).toMatch(/^The head scan \(2026-06-01.*\) is older than the base scan/);
  });
  it('tell that a report was compared with itself', () =>
    expect(compared(reportOf([a('fail')]), reportOf([a('fail')])).statements).toEqual(['Both reports are of the same scan.']));
  it('tell that less was looked at', () =>
    expect(compared(baseOf([a('fail')]), reportOf([a('unknown')])).statements).toEqual([
      'The head scan decided 0 controls, the base scan 1: less was looked at.',
    ]));
});

describe('refusals', () => {
  const head = reportOf([a('fail')]);
  it.each([
    [
      'two clusters',
      reportOf([], { scan: { cluster: { ...aScan().cluster, id: 'c-2', name: 'production' } } }),
      /two reports of one cluster\.$/,
    ],
    ['two kinds', reportOf([], { scan: { kind: 'sbom' } }), /two reports of one kind\.$/],
    ['another schema version', { ...head, schemaVersion: '9' as '1' }, /^Reports of schema version 9 cannot be compared/],
  ])('of %s, in one sentence', (_what, base, sentence) => {
    const answer = compare(base, head);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
    expect(answer.ok ? '' : answer.failure.say).toMatch(sentence);
  });
});

describe('a comparison', () => {
  const base = baseOf([a('fail'), judged(workload('b'), 'fail'), judged(workload('c'), 'fail'), judged(workload('d'), 'pass')], {
    waivers: [aWaiver('W-1', 'pods/one', { match: { check: 'pods/one', subject: 'Deployment shop/b *' } })],
  });
  const head = reportOf([a('fail'), judged(workload('b'), 'pass'), judged(workload('c'), 'unknown'), judged(workload('d'), 'fail')]);
  const comparison = compared(base, head);

  it('has every failure of either report in exactly one list', () => {
    const failing = [base, head].flatMap(({ findings }) =>
      findings.filter(({ outcome }) => outcome === 'fail').map(({ fingerprint }) => fingerprint),
    );
    const listed = changeKinds.flatMap((kind) => comparison[kind].map(({ fingerprint }) => fingerprint));
    expect(listed.toSorted()).toEqual([...new Set(failing)].toSorted());
  });
  it('has the difference of all counts', () =>
    expect(comparison.delta).toEqual({ pass: 0, fail: 0, 'not-applicable': 0, manual: 0, unknown: 1, error: 0, waived: -1 }));
  it('is what its model promises', () => expect(Comparison.parse(comparison)).toEqual(comparison));
  it('in short is what a report carries', () =>
    expect(summarise(comparison)).toMatchObject({
      base: { scanId: 'scan-1', startedAt: earlier.startedAt },
      new: 1,
      resolved: 1,
      persisting: 1,
      notComparable: 1,
      newFindings: [head.findings.find(({ subject }) => subject.name === 'd')?.fingerprint],
      resolvedFindings: [{ check: 'pods/one', subject: { name: 'b' } }],
      notComparableFindings: [{ check: 'pods/one', subject: { name: 'c' }, failsNow: false }],
    }));
  it('lists the most severe first', () => {
    const severe = (id: string, severity: 'critical' | 'low') => ({ id, title: id, severity, why: 'W.', repair: 'R.' });
    const now = buildReport({
      judged: [
        [severe('a/low', 'low'), a('fail')],
        [severe('b/critical', 'critical'), a('fail')],
      ],
    });
    const then = buildReport({
      scan: earlier,
      judged: [
        [severe('a/low', 'low'), a('pass')],
        [severe('b/critical', 'critical'), a('pass')],
      ],
    });
    expect(compared(then, now).new.map(({ severity }) => severity)).toEqual(['critical', 'low']);
  });
});

describe('scans from other vantages', () => {
  const seenFrom = (...looking: readonly Vantage[]) => {
    const network = aNetwork();
    return { ...network, vantages: network.vantages.filter(({ vantage }) => looking.includes(vantage)) };
  };
  const scanned = (looking: readonly Vantage[], judgements: readonly Judgement[], scan: Partial<Scan> = {}) =>
    networkReport({ network: seenFrom(...looking), judged: judgements, scan });
  const subject = kubelet('w1', '10.0.0.5');
  const from = (...vantages: readonly Vantage[]) => [probed(subject, 'fail', vantages)];
  const passing = [probed(subject, 'pass', ['external'])];
  const both = ['external', 'internal'] as const;

  it.each([
    [
      'seen from a pod only is not new to a scan that had none',
      ['external'],
      passing,
      both,
      from('internal'),
      'notComparable w1: The base scan did not look from the internal vantage.',
    ],
    [
      'seen from a pod only is not resolved by a scan that had none',
      both,
      from('internal'),
      ['external'],
      passing,
      'notComparable w1: The head scan did not look from the internal vantage.',
    ],
    ['seen from both is new to a scan from outside', ['external'], passing, both, from(...both), 'new w1: It passed in the base scan.'],
    [
      'seen from both is not resolved by a scan that had no pod: it may still be open to pods',
      both,
      from(...both),
      ['external'],
      passing,
      'notComparable w1: The head scan did not look from the internal vantage.',
    ],
    ['seen from a pod is resolved by another pod', both, from('internal'), both, passing, 'resolved w1: It passes in the head scan.'],
    [
      'persists whatever the vantage',
      ['external'],
      from('external'),
      ['internal'],
      from('internal'),
      'persisting w1: It fails in both scans.',
    ],
  ] as const)('a failure %s', (_what, lookedBefore, before, looksNow, now, expected) =>
    expect(told(scanned(lookedBefore, before, earlier), scanned(looksNow, now))).toEqual([expected]),
  );
});
