import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { networkReport } from '../../../../test/support/network-report.ts';
import { aScan, aWaiver, buildReport, clusterWide, judged, onNode, workload } from '../../../../test/support/report-builder.ts';
import { compare } from '../../compare.ts';
import type { Report } from '../../report.ts';
import { renderComparison } from '../comparison.ts';
import { renderReport } from '../renderer.ts';
import { comparisonColumns } from './comparison.ts';
import { reportColumns } from './report.ts';
import { harmless } from './table.ts';

const text = async (report: Report): Promise<string> => (await Array.fromAsync(await renderReport('csv', report))).join('');
type Row = Readonly<Record<string, string>>;
const rows = async (report: Report): Promise<readonly Row[]> => parse(await text(report), { bom: true, columns: true });

const everything = buildReport({
  judged: [
    [
      'pods/a',
      judged(workload('front'), 'fail'),
      judged(workload('back'), 'fail'),
      judged(workload('quoted, "name"\nin two lines'), 'pass'),
    ],
    ['kubelet/b', judged(onNode('w1'), 'fail'), judged(onNode('w2'), 'pass'), judged(onNode('w3'), 'pass')],
    ['pods/c', judged(clusterWide, 'unknown')],
  ],
  controls: [
    { id: '5.2.2', title: 'x', level: 1, automated: false, checks: ['pods/a'] },
    { id: '5.2.10', title: 'y', level: 2, automated: true, checks: ['pods/a'] },
  ],
  waivers: [aWaiver('W-1', 'pods/a', { match: { check: 'pods/a', subject: '*back*' } })],
});

describe('report.csv', () => {
  it('has one row per finding, in the order of the report', async () =>
    expect((await rows(everything)).map(({ fingerprint }) => fingerprint)).toEqual(
      everything.findings.map(({ fingerprint }) => fingerprint),
    ));

  it('has the documented columns', async () => {
    const [head] = parse(await text(everything), { bom: true });
    expect(head).toEqual(reportColumns.map(({ name }) => name));
    for (const { meaning } of reportColumns) expect(meaning).not.toBe('');
  });

  it('says everything of a finding', async () => {
    const failing = (await rows(everything)).find(({ name, outcome }) => name === 'front' && outcome === 'fail');
    expect(failing).toEqual({
      schemaVersion: '1',
      scanId: 'scan-2',
      clusterId: aScan().cluster.id,
      cluster: 'plain',
      kubernetesVersion: 'v1.36.3',
      kind: 'configuration',
      startedAt: '2026-06-08T10:00:00.000Z',
      tool: 'gatehouse',
      toolVersion: '0.1.0',
      framework: 'cis-kubernetes',
      benchmark: '2.0.1',
      benchmarkInRange: 'false',
      controls: '5.2.2;5.2.10',
      levels: '1;2',
      automated: 'false;true',
      check: 'pods/a',
      title: 'Statement of pods/a holds',
      severity: 'medium',
      outcome: 'fail',
      waived: '',
      waiverOwner: '',
      waiverExpires: '',
      waiverApprover: '',
      waiverReason: '',
      subjectKind: 'Deployment',
      namespace: 'shop',
      name: 'front',
      container: 'main',
      role: '',
      nodes: '',
      inconsistent: '',
      message: 'Deployment front is judged fail.',
      evidence: 'spec.hostNetwork: fail (Deployment shop/front)',
      why: 'Somebody who reaches pods/a could read or change more than they should.',
      repair: 'Set the flag of pods/a to false in its manifest on every control-plane node.',
      fingerprint: expect.stringMatching(/^sha256:/),
      port: '',
      endpoints: '',
      vantages: '',
      certainty: '',
      techniques: '',
      references: '',
    });
  });

  it('names the waiver, and leaves the outcome as it is', async () =>
    expect((await rows(everything)).find(({ name }) => name === 'back')).toMatchObject({
      outcome: 'fail',
      waived: 'W-1',
      waiverOwner: 'Platform team',
      waiverExpires: '2026-12-31',
      waiverApprover: 'Chief security officer',
    }));

  it('names nodes, and those that deviate', async () =>
    expect((await rows(everything)).find(({ check }) => check === 'kubelet/b')).toMatchObject({
      name: 'worker',
      role: 'worker',
      nodes: 'w1;w2;w3',
      inconsistent: 'w1=fail',
      evidence: expect.stringContaining('on w1'),
    }));

  it('holds to RFC 4180: CRLF, and quotes that can be read back', async () => {
    const raw = await text(everything);
    expect(raw.replaceAll('\r\n', '')).not.toContain('\r');
    expect(raw.endsWith('\r\n')).toBe(true);
    expect((await rows(everything)).map(({ name }) => name)).toContain('quoted, "name"\nin two lines');
  });

  it('begins with a byte order mark, once', async () => expect((await text(everything)).lastIndexOf('\uFEFF')).toBe(0));

  it('comes in pieces when it is long', async () => {
    const many = buildReport({
      judged: [['pods/a', ...Array.from({ length: 500 }, (_, index) => judged(workload(`app-${index}`), 'fail'))]],
    });
    const pieces = await Array.fromAsync(await renderReport('csv', many));
    expect(pieces.length).toBeGreaterThan(2);
    expect(await rows(many)).toHaveLength(500);
  });
});

describe('a cell that a spreadsheet would run', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    ' =1',
    '\u00A0=1',
    '\u200B=1',
    '\uFEFF=1',
    '\u0001=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    ' ＝1',
  ])('is made text: %j', (cell) => expect(harmless(cell)).toBe(`'${cell}`));
  it.each(['a=1', '--flag'.slice(2), '1-1', '', "'=1", 'x\t=1'])('and nothing else is: %j', (cell) => expect(harmless(cell)).toBe(cell));

  it('is so in every column', async () => {
    const bad = '=HYPERLINK("http://x","y")';
    const [row] = await rows(
      buildReport({
        scan: { id: bad, cluster: { ...aScan().cluster, name: bad } },
        judged: [
          ['pods/a', judged({ kind: bad, name: bad, namespace: bad, container: bad, role: bad, nodes: [bad] }, 'fail', { message: bad })],
        ],
        waivers: [aWaiver(bad, '*', { owner: bad, reason: bad, approver: bad })],
      }),
    );
    expect(Object.values(row ?? {}).filter((cell) => cell.startsWith('='))).toEqual([]);
    expect(row?.name).toBe(`'${bad}`);
  });
});

it('comparison.csv has one row per failure of either scan', async () => {
  const base = buildReport({
    scan: { id: 'scan-1' },
    judged: [['pods/a', judged(workload('front'), 'pass'), judged(workload('gone'), 'fail')]],
  });
  const answer = compare(base, everything);
  if (!answer.ok) throw new Error(answer.failure.say);
  const raw = (await Array.fromAsync(await renderComparison('csv', answer.value))).join('');
  const read: readonly Row[] = parse(raw, { bom: true, columns: true });
  expect(Object.keys(read[0] ?? {})).toEqual(comparisonColumns.map(({ name }) => name));
  expect(read.map(({ change, name }) => `${change} ${name}`)).toEqual(['new back', 'new front', 'notComparable worker', 'resolved gone']);
  expect(read[1]).toMatchObject({
    baseOutcome: 'pass',
    headOutcome: 'fail',
    reason: 'It passed in the base scan.',
    controls: '5.2.2;5.2.10',
  });
  expect(read[0]).toMatchObject({ baseOutcome: '', headWaived: 'W-1' });
});

describe('what was asked over the network', () => {
  it('has columns of its own, at the end, where none of the older ones moved', () => {
    const names = reportColumns.map(({ name }) => name);
    expect(names.slice(names.indexOf('fingerprint'))).toEqual([
      'fingerprint',
      'port',
      'endpoints',
      'vantages',
      'certainty',
      'techniques',
      'references',
    ]);
  });

  it('is said with where, from where and how sure', async () => {
    const all = await rows(networkReport());
    expect(all.find(({ name, outcome }) => name === 'w1' && outcome === 'fail')).toMatchObject({
      port: '10250/tcp',
      endpoints: '10.0.0.5:10250',
      vantages: 'external;internal',
      certainty: 'confirmed',
      techniques: 'T1613',
      references: 'https://example.test/pods',
      evidence: expect.stringContaining('GET /pods over TLS: 200, a list of pods (network, external, on w1, at 10.0.0.5:10250)'),
    });
    expect(all.find(({ outcome, certainty }) => outcome === 'manual' && certainty === 'potential')).toMatchObject({ name: 'etcd' });
  });
});
