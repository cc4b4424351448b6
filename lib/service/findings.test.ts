import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { kubelet, networkReport, probed } from '../../test/support/network-report.ts';
import { aCheck, aWaiver, buildReport, clusterWide, judged, onNode, workload } from '../../test/support/report-builder.ts';
import { FindingQuery } from '../api/schemas/scans.ts';
import type { Report } from '../reports/report.ts';
import { findFindings } from './findings.ts';

const built = buildReport({
  judged: [
    [aCheck('pods/privileged', { severity: 'high' }), judged(workload('front'), 'fail'), judged(workload('back'), 'pass')],
    [aCheck('pods/host-network', { severity: 'low' }), judged(workload('front', 'bank'), 'fail')],
    [
      aCheck('kubelet/anonymous', { severity: 'critical' }),
      judged(onNode('w10'), 'fail'),
      judged(onNode('cp1', 'control-plane'), 'unknown'),
    ],
    [
      aCheck('api-server/profiling', { severity: 'low' }),
      judged(clusterWide, 'fail', { evidence: [{ source: 'Pod kube-system/apiserver', looked: '--profiling', found: 'not set' }] }),
    ],
  ],
  waivers: [aWaiver('w1', 'pods/host-network')],
});
const fresh = built.findings.find(({ check }) => check === 'kubelet/anonymous')?.fingerprint ?? '';
const report: Report = {
  ...built,
  changes: {
    base: { scanId: 'scan-1', startedAt: '2026-06-01T10:00:00.000Z' },
    new: 1,
    resolved: 0,
    persisting: 3,
    notComparable: 0,
    newFindings: [fresh],
    resolvedFindings: [],
    notComparableFindings: [],
  },
};

type Asked = Readonly<Record<string, string | readonly string[]>>;
/** The query as the HTTP layer reads it from the address. */
const queryOf = (asked: Asked = {}) => FindingQuery.parse(asked);
const find = (asked?: Asked, of = report) => findFindings(of, queryOf(asked));
/** Last words of check and subject. */
const found = (asked?: Asked): string[] =>
  must(find(asked)).items.map(({ check, subject, outcome }) => `${check.split('/')[1]} ${subject.name} ${outcome}`);

describe('each filter alone', () => {
  it('finds everything without one', () => {
    expect(must(find()).total).toBe(report.findings.length);
    expect(found()).toHaveLength(6);
  });
  it.each<[Asked, number]>([
    [{ outcome: 'fail' }, 4],
    [{ outcome: 'pass,unknown' }, 2],
    [{ outcome: 'manual' }, 0],
    [{ severity: ['high', 'critical'] }, 4],
    [{ severity: 'info' }, 0],
    [{ check: 'pods/privileged' }, 2],
    [{ check: 'pods/*' }, 3],
    [{ check: 'pods' }, 0],
    [{ check: 'pods.privileged' }, 0],
    [{ subject: 'Deployment shop/*' }, 2],
    [{ subject: '*front main' }, 2],
    [{ subject: 'front' }, 0],
    [{ control: '1.1.3' }, 2],
    [{ control: '1.1' }, 0],
    [{ role: 'control-plane' }, 1],
    [{ role: 'worker' }, 1],
    [{ waived: 'true' }, 1],
    [{ waived: 'false' }, 5],
    [{ changed: 'new' }, 1],
    [{ changed: 'persisting' }, 3],
    [{ text: 'PROFILING' }, 1],
    [{ text: 'apiserver' }, 1],
    [{ text: 'not set' }, 1],
    [{ text: 'Statement of pods' }, 3],
    [{ text: 'deployment bank/front' }, 1],
    [{ text: 'nowhere' }, 0],
  ])('%j', (asked, number) => {
    expect([found(asked).length, must(find(asked)).total]).toEqual([number, number]);
  });
  it('calls no failure new in a report that was compared with none', () => {
    expect(must(find({ changed: 'new' }, { ...report, changes: null })).total).toBe(0);
  });
});

describe('filters together', () => {
  it.each<[Asked, string[]]>([
    [{ outcome: 'fail', check: 'pods/*', waived: 'false' }, ['privileged front fail']],
    [{ outcome: 'fail', check: 'pods/*', subject: '*bank/*', severity: 'low' }, ['host-network front fail']],
    [{ outcome: 'fail', check: 'pods/*', subject: '*bank/*', severity: 'high' }, []],
    [{ changed: 'new', severity: 'critical', control: '1.1.3', text: 'kubelet' }, ['anonymous w10 fail']],
    [{ changed: 'new', severity: 'low' }, []],
    [{ role: 'control-plane', outcome: 'unknown' }, ['anonymous cp1 unknown']],
  ])('%j', (asked, expected) => {
    expect(found(asked)).toEqual(expected);
  });
});

describe('order', () => {
  const checks = (sort: string) => must(find({ sort })).items.map(({ check }) => check);
  it('is that of the report unless another one is asked for', () => {
    expect(checks('importance')).toEqual(report.findings.map(({ check }) => check));
    expect(checks('check')).toEqual(report.findings.map(({ check }) => check).toSorted());
    expect(checks('severity').slice(0, 2)).toEqual(['kubelet/anonymous', 'kubelet/anonymous']);
  });
  it('counts numbers in names as numbers', () => {
    const all = ['app-10', 'app-9', 'app-100'].map((name) => judged(workload(name), 'fail'));
    const numbered = buildReport({ judged: [['pods/privileged', ...all]] });
    expect(must(find({ sort: 'subject' }, numbered)).items.map(({ subject }) => subject.name)).toEqual(['app-9', 'app-10', 'app-100']);
  });
});

describe('pages', () => {
  it('hold every finding once, in order', () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = must(find({ limit: '4', sort: 'subject', ...(cursor === undefined ? {} : { cursor }) }));
      expect(page.total).toBe(6);
      seen.push(...page.items.map(({ fingerprint }) => fingerprint));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(must(find({ sort: 'subject' })).items.map(({ fingerprint }) => fingerprint));
  });
  it('end without a cursor, also when the last one is full', () => {
    expect(must(find({ limit: '6' }))).not.toHaveProperty('next');
    expect(must(find({ limit: '5' }))).toHaveProperty('next');
  });
  it('go on with another size', () => {
    const { next = '' } = must(find({ limit: '1' }));
    expect(must(find({ limit: '200', cursor: next })).items).toHaveLength(5);
  });
  it('refuse a cursor of another query, another scan, or none of ours', () => {
    const { next = '' } = must(find({ limit: '1', outcome: 'fail' }));
    expect(codeOf(find({ limit: '1', outcome: 'fail', cursor: next }))).toBe('ok');
    for (const asked of [{ cursor: next }, { outcome: 'pass', cursor: next }, { outcome: 'fail', sort: 'check', cursor: next }])
      expect(sayOf(find(asked))).toContain('none of this query');
    expect(codeOf(find({ outcome: 'fail', cursor: next }, { ...report, scan: { ...report.scan, id: 'scan-3' } }))).toBe('input-invalid');
    for (const cursor of ['', 'x', `${next.split('.')[0]}.`, `${next.split('.')[0]}.-1`, `${next.split('.')[0]}.1e9`])
      expect(codeOf(find({ outcome: 'fail', cursor }))).toBe('input-invalid');
  });
});

describe('what was asked over the network', () => {
  const both = kubelet('w1', '10.0.0.5');
  const scanned = networkReport({
    judged: [probed(both, 'fail', ['external', 'internal']), probed(kubelet('w1', '10.0.0.5', 10255), 'fail', ['internal'])],
  });
  it.each<[Asked, string[]]>([
    [{ outcome: 'fail', vantage: 'external' }, ['10250/tcp']],
    [{ outcome: 'fail', vantage: 'internal' }, ['10250/tcp', '10255/tcp']],
    [{ vantage: 'external,internal', check: 'exposure/kubelet/*' }, ['10250/tcp', '10255/tcp']],
    [{ vantage: 'external', outcome: 'manual' }, []],
    [{ certainty: 'potential' }, ['etcd']],
    [{ certainty: 'confirmed', outcome: 'fail' }, ['10250/tcp', '10255/tcp']],
    [{ certainty: 'potential', vantage: 'external' }, []],
    [{ text: '10.0.0.5:10255' }, ['10255/tcp']],
    [{ text: 't1190' }, ['etcd']],
  ])('%j', (asked, expected) =>
    expect(
      must(find(asked, scanned))
        .items.map(({ subject }) => subject.port ?? subject.name)
        .toSorted(),
    ).toEqual(expected),
  );
  it('is asked for with words that exist', () => {
    expect(FindingQuery.safeParse({ vantage: 'inside' }).success).toBe(false);
    expect(FindingQuery.safeParse({ certainty: 'sure' }).success).toBe(false);
  });
  it('is nothing in a configuration scan', () => {
    expect(found({ vantage: 'external' })).toEqual([]);
    expect(found({ certainty: 'confirmed' })).toEqual([]);
  });
  it('begins anew where a cursor is of another vantage', () => {
    const { next = '' } = must(find({ limit: '1', vantage: 'internal' }, scanned));
    expect(next).not.toBe('');
    expect(codeOf(find({ limit: '1', vantage: 'external', cursor: next }, scanned))).toBe('input-invalid');
  });
});
