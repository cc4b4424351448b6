import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { clashes, type ReadPdf, readPdf } from '../../../../test/support/read-pdf.ts';
import {
  aCheck,
  aControl,
  aScan,
  aWaiver,
  buildReport,
  clusterWide,
  judged,
  largeReport,
  onNode,
  workload,
} from '../../../../test/support/report-builder.ts';
import { readFonts } from '../../../adapters/local/report-fonts.ts';
import { compare, summarise } from '../../compare.ts';
import type { Comparison } from '../../comparison.ts';
import type { Report } from '../../report.ts';
import { renderComparison } from '../comparison.ts';
import { type PdfFonts, type Rendered, renderReport } from '../renderer.ts';

let fonts: PdfFonts;
beforeAll(async () => {
  fonts = await readFonts();
});
const bytesOf = async (rendered: Rendered): Promise<Uint8Array> =>
  Buffer.concat((await Array.fromAsync(rendered)).map((one) => Buffer.from(one)));
const pdf = async (report: Report, own: PdfFonts = fonts) => bytesOf(await renderReport('pdf', report, { fonts: own }));
const read = async (report: Report) => readPdf(await pdf(report));
/** Text of all pages; what a line break or a page break tore apart is put together again. */
const textOf = ({ pages }: ReadPdf): string => pages.join(' ');

const workers = ['w1', 'w2', 'w3', 'w4', 'w5'];
const cluster = {
  ...aScan().cluster,
  name: 'production-berlin',
  nodes: ['cp1', ...workers].map((name) => ({
    name,
    role: name === 'cp1' ? 'control-plane' : 'worker',
    kubeletVersion: 'v1.36.3',
    osImage: 'Ubuntu 24.04',
  })),
};
const anonymous = (node: string, outcome: 'pass' | 'fail') =>
  judged(onNode(node), outcome, {
    message: outcome === 'fail' ? 'The kubelet answers everybody.' : 'The kubelet asks who calls.',
    evidence: [{ source: `kubelet ${node}`, looked: 'authentication.anonymous.enabled', found: String(outcome === 'fail') }],
  });
const noRight = 'Could not look: the right `list pods` is missing; grant it.';
const judgedNow: Parameters<typeof buildReport>[0] = {
  scan: { cluster },
  judged: [
    [
      aCheck('kubelet/anonymous-auth', { severity: 'critical' }),
      ...workers.map((name) => anonymous(name, name === 'w3' ? 'fail' : 'pass')),
    ],
    [aCheck('pods/privileged', { severity: 'high' }), judged(workload('front'), 'fail'), judged(workload('back'), 'fail')],
    [aCheck('rbac/secrets'), judged({ kind: 'ClusterRole', name: 'vendor:operator' }, 'fail')],
    [aCheck('pods/hidden-one'), judged(clusterWide, 'unknown', { message: noRight })],
    [aCheck('pods/hidden-two'), judged(clusterWide, 'unknown', { message: noRight })],
    [aCheck('pods/broken'), judged(clusterWide, 'error', { message: 'The check broke.', evidence: [] })],
    [
      aCheck('network/plugin', { lookAt: 'Try whether a policy holds.' }),
      judged(clusterWide, 'manual', { message: 'No plugin is known.' }),
    ],
    [aCheck('pods/fine'), ...Array.from({ length: 9 }, (_, index) => judged(workload(`app-${index}`), 'pass'))],
    [aCheck('pods/none'), judged(clusterWide, 'not-applicable', { message: 'No Windows node.' })],
    [aCheck('pods/beyond', { title: 'Containers add nothing' }), judged(workload('front'), 'fail')],
  ],
  controls: [
    aControl('1.1.1', ['pods/hidden-one']),
    aControl('1.1.2', ['pods/hidden-two']),
    aControl('1.3.9', ['never/looked']),
    aControl('4.2.1', ['kubelet/anonymous-auth']),
    aControl('5.1.2', ['rbac/secrets']),
    aControl('5.2.2', ['pods/privileged'], { level: 2 }),
    aControl('5.2.3', ['pods/privileged']),
    aControl('5.2.4', ['pods/fine']),
    aControl('5.2.5', ['pods/broken']),
    aControl('5.2.10', ['pods/none']),
    aControl('5.3.1', ['network/plugin'], { automated: false }),
  ],
  waivers: [
    aWaiver('W-1', 'rbac/secrets'),
    aWaiver('W-old', 'pods/privileged', { expires: '2026-01-31' }),
    aWaiver('W-none', 'nothing/such'),
  ],
  statements: ['Files on the nodes were not looked at.', 'Node w5 was not ready.'],
};
const head = buildReport(judgedNow);
const base = buildReport({
  ...judgedNow,
  scan: { cluster, id: 'scan-1', startedAt: '2026-06-01T10:00:00.000Z' },
  judged: (judgedNow?.judged ?? []).map(([check, ...all]) => {
    const id = typeof check === 'string' ? check : check.id;
    if (id === 'pods/privileged') return [check, judged(workload('front'), 'fail'), judged(workload('gone'), 'fail')];
    return id === 'pods/hidden-one' ? [check, judged(workload('front'), 'fail')] : [check, ...all];
  }),
});
const answer = compare(base, head);
const comparison = answer.ok ? answer.value : (undefined as unknown as Comparison);
const report: Report = { ...head, changes: summarise(comparison) };

describe('the report', () => {
  let seen: ReadPdf;
  beforeAll(async () => {
    seen = await read(report);
  });
  const chapter = (from: string, to: string): string => {
    const all = seen.pages.slice(1).join(' ');
    return all.slice(all.lastIndexOf(from), all.lastIndexOf(to));
  };

  it('says on page one what was scanned, when, by whom and with what', () => {
    for (const text of [
      'production-berlin',
      'Kubernetes v1.36.3',
      '6 nodes',
      'CIS Kubernetes Benchmark 2.0.1, for Kubernetes 1.34-1.35',
      'Started 2026-06-08 10:00:00 UTC by kubernetes-admin, command line',
      'Ended 2026-06-08 10:00:01 UTC, after 1.25 s',
      'Scan id scan-2',
      'Gatehouse 0.1.0, scanner version 1',
      '1 control-plane, 5 worker',
    ])
      expect(seen.pages[0]).toContain(text);
  });

  it('says on page one what to know before trusting the numbers', () => {
    expect(seen.pages[0]).toContain('The benchmark is not made for Kubernetes v1.36.3');
    for (const statement of report.coverage.statements) expect(seen.pages[0]).toContain(statement);
  });

  it('counts on page one what the model counts', () => {
    const { coverage, counts, changes } = report;
    expect(seen.pages[0]).toContain(`${coverage.decided} / ${coverage.total} controls decided`);
    expect(seen.pages[0]).toContain('4 controls failed 1 with waived failures only');
    expect(seen.pages[0]).toContain(`${counts.fail} open failures 1 critical, 2 high, 1 medium`);
    expect(seen.pages[0]).toContain(`${coverage.unknown + coverage.error} could not look`);
    expect(seen.pages[0]).toContain(`${coverage.manual} need a person`);
    expect(seen.pages[0]).toContain(`Failed ${counts.fail} Check broke ${counts.error} Could not look ${counts.unknown}`);
    expect(seen.pages[0]).toContain(`Waived ${counts.waived}`);
    expect(seen.pages[0]).toContain(
      `${changes?.new} new failure, ${changes?.resolved} resolved, ${changes?.persisting} persisting, ${changes?.notComparable} not comparable`,
    );
  });

  it('has a page for every chapter of the contents, in bookmarks too', () => {
    const chapters = [
      'Summary',
      'Contents',
      'Controls by section',
      'What changed',
      'Failed controls',
      'Failures beyond the benchmark',
      'A person must look',
      'Could not look',
      'Passed and not applicable',
      'Waivers',
      'All controls',
      'Nodes',
      'How to read this report',
    ];
    expect(seen.bookmarks.filter((title) => !title.startsWith(' '))).toEqual(chapters);
    const contents = seen.pages[1] ?? '';
    for (const title of chapters.slice(2)) {
      const number = Number(new RegExp(`${title} [^·]*? (\\d+) (?=[A-Z])`).exec(contents)?.[1]);
      expect(seen.pages[number - 1], title).toContain(title);
    }
  });

  it('puts failed controls first, the most severe one at the top, those that are all waived last', () =>
    expect(seen.bookmarks.filter((title) => title.startsWith('  '))).toEqual([
      '  4.2.1  Control 4.2.1 in our own words',
      '  5.2.2  Control 5.2.2 in our own words',
      '  5.2.3  Control 5.2.3 in our own words',
      '  5.1.2  Control 5.1.2 in our own words',
      '  Containers add nothing',
    ]));

  it('gives every failure its subject, evidence, reason and repair', () => {
    const failed = chapter('Failed controls', 'A person must look');
    for (const { subject, why, repair, evidence } of report.findings.filter(({ outcome }) => outcome === 'fail')) {
      if (subject.kind !== 'Node') expect(failed).toContain(subject.name);
      for (const text of [why, repair, ...evidence.flatMap(({ looked, found }) => [looked, found])]) expect(failed).toContain(text);
    }
  });

  it('writes the text of a check once, also when it decides two controls', () => {
    const times = (text: string) => textOf(seen).split(text).length - 1;
    expect(times('Somebody who reaches pods/privileged could read')).toBe(1);
    expect(textOf(seen)).toMatch(/The same 2 failures of check\s+pods\/privileged\s+as under\s+5\.2\.2/);
  });

  it('names the nodes that deviate', () => {
    expect(textOf(seen)).toContain('Nodes disagree.');
    expect(textOf(seen)).toContain('Most of 5: passed; failed: w3.');
    expect(textOf(seen)).toContain('all 5 nodes but w3');
  });

  it('tells what is new, not comparable and resolved', () => {
    const changed = chapter('What changed', 'Failed controls');
    expect(changed).toMatch(/New: 1 .*shop\/back/);
    expect(changed).toMatch(/Not comparable: 1\. .*They failed in the previous scan\. .*pods\/hidden-one/);
    expect(changed).toMatch(/Resolved: 1 .*shop\/gone/);
    expect(textOf(seen)).toContain('NEW since the previous scan');
  });

  it('says at what a person must look', () =>
    expect(chapter('A program cannot decide', 'The scan had no right')).toMatch(
      /5\.3\.1.*Try whether a policy holds\..*No plugin is known\./,
    ));

  it('says why nobody could look, each reason once, with controls that no check looked at', () => {
    const hidden = chapter('Could not look:', 'Passed and not applicable');
    expect(hidden.split('is missing; grant it.')).toHaveLength(2);
    expect(hidden).toMatch(/2 findings .*1\.1\.1 .*1\.1\.2 /);
    expect(hidden).toMatch(/Not looked at: .*1\.3\.9/);
  });

  it('lists what passed, what does not apply, and all waivers with their state', () => {
    const rest = chapter('Passed and not applicable', 'All controls');
    expect(rest).toMatch(/5\.2\.4 .*9 subjects Deployment in shop: app-0 \(main\), app-1 \(main\)/);
    expect(rest).toContain('No Windows node.');
    expect(rest).toMatch(/W-1 .*Platform team .*in use .*W-old .*EXPIRED .*W-none .*matches nothing/);
    expect(rest).toContain('Chief security');
  });

  it('lists every control with its outcome', () => {
    const all = chapter('All controls', 'Nodes');
    for (const { id, title } of report.controls) expect(all).toContain(`${id} ${title}`);
    expect(all).toMatch(/1\.3\.9 .* Could not look 0/);
  });

  it('numbers its pages and names cluster and date on each', () => {
    for (const [index, page] of seen.pages.entries()) {
      expect(page).toContain(`${index + 1} / ${seen.pages.length}`);
      expect(page).toContain('production-berlin');
    }
  });

  it('says what it is, for machines and for screen readers', () => {
    expect(seen.info).toMatchObject({
      Title: 'Configuration scan of production-berlin, 2026-06-08 10:00:00 UTC',
      Author: 'Gatehouse 0.1.0',
      Subject: 'CIS Kubernetes Benchmark 2.0.1 on Kubernetes v1.36.3',
      Keywords: expect.stringContaining('scan-2'),
      CreationDate: 'D:20260608100001Z',
      ModDate: 'D:20260608100001Z',
    });
    expect(seen.language).toBe('en');
    expect(seen.roles[0]?.slice(0, 3)).toEqual(['P', 'H1', 'P']);
  });
});

it('gives the same bytes for the same report', async () =>
  expect(Buffer.compare(await pdf(report), await pdf(structuredClone(report)))).toBe(0));

it('leaves out what there is none of', async () => {
  const inRange = { ...aScan().benchmark, inRange: true };
  const clean = await read(
    buildReport({ scan: { benchmark: inRange, cluster: { ...cluster, nodes: [] } }, judged: [['pods/one', judged(clusterWide, 'pass')]] }),
  );
  expect(clean.bookmarks).toEqual([
    'Summary',
    'Contents',
    'Controls by section',
    'Passed and not applicable',
    'All controls',
    'How to read this report',
  ]);
  expect(clean.pages[0]).not.toContain('out of range');
  expect(clean.pages[0]).toContain('no previous scan of this cluster to compare with');
});

it('can be made of a scan that knows nothing', async () => {
  const nothing = await read(buildReport({ scan: { benchmark: { framework: 'other', version: '1', range: '1.30', inRange: true } } }));
  expect(nothing.pages[0]).toContain('0 / 0 controls decided');
});

describe('text', () => {
  const longName = `registry.example.com/${'very-long-team/'.repeat(30)}${'x'.repeat(400)}`;
  const names = [
    'Ελληνικά',
    'Кириллица',
    'Čeština ľ',
    'שלום',
    'مرحبا',
    '生产',
    '日本語 한국어 ไทย',
    'own\uE000',
    'evil\u202Egnp',
    'zero\u200Bwidth',
    'bell\u0007',
    longName,
  ];
  const wild = buildReport({
    scan: { actor: longName, cluster: { ...cluster, name: `arn:aws:eks:eu-central-1:123456789012:cluster/${'production-'.repeat(12)}` } },
    judged: [
      [
        aCheck('pods/names', { title: longName }),
        ...names.map((name) => judged({ kind: 'Namespace', name }, 'fail', { message: `Namespace ${name}.` })),
      ],
      [aCheck('pods/hidden', { title: longName }), judged({ kind: 'Namespace', name: longName }, 'unknown', { message: longName })],
      [aCheck('pods/manual', { title: longName, lookAt: longName }), judged({ kind: 'Namespace', name: longName }, 'manual')],
      [aCheck('pods/fine', { title: longName }), judged({ kind: 'Namespace', name: longName }, 'pass')],
    ],
    waivers: [aWaiver('W'.repeat(70), 'no/such', { reason: longName, owner: longName, approver: longName })],
    statements: [longName, ...Array.from({ length: 60 }, (_, index) => `Statement ${index} that a reader must know.`)],
  });

  it('wraps whatever its length, never leaves the page and never lies on other text', async () => {
    const { boxes } = await read(wild);
    expect(boxes.flatMap(clashes)).toEqual([]);
  });

  it('would be seen by this test if it did', () =>
    expect(
      clashes([
        { text: 'a', x: 50, y: 100, width: 30, height: 8 },
        { text: 'b', x: 70, y: 102, width: 30, height: 8 },
        { text: 'c', x: 500, y: 300, width: 90, height: 8 },
      ]),
    ).toEqual(['outside: c', 'a | b']));

  it('can be read and copied in other scripts', async () => {
    const seen = textOf(await read(wild));
    for (const name of ['Ελληνικά', 'Кириллица', 'Čeština ľ', 'שלום', 'مرحبا', '生产', '日本語 한국어 ไทย']) expect(seen).toContain(name);
  });

  it('shows as codes what no font has, and what cannot be seen', async () => {
    const seen = textOf(await read(wild));
    for (const name of ['own<U+E000>', 'evil<U+202E>gnp', 'zero<U+200B>width', 'bell<U+0007>']) expect(seen).toContain(name);
  });

  it('asks further fonts for what the first ones lack', async () => {
    const one = buildReport({ judged: [['pods/one', judged({ kind: 'Namespace', name: 'Հայաստան' }, 'fail')]] });
    const liberation = (name: string) => readFileSync(`node_modules/pdfjs-dist/standard_fonts/LiberationSans-${name}.ttf`);
    const withoutArmenian = { regular: liberation('Regular'), bold: liberation('Bold') };
    expect(textOf(await readPdf(await pdf(one, withoutArmenian)))).toContain('<U+0540>');
    const seen = textOf(await readPdf(await pdf(one, { ...withoutArmenian, more: [() => fonts.regular] })));
    expect(seen).toContain('Հայաստան');
    expect(seen).not.toContain('<U+0540>');
  });

  it('is complete when a name is longer than a page', async () => {
    const endless = `start${'-0123456789'.repeat(1500)}-end`;
    const seen = await read(
      buildReport({ judged: [['pods/one', judged({ kind: 'Namespace', name: endless }, 'fail', { message: 'Short.' })]] }),
    );
    expect(seen.pages.length).toBeGreaterThan(5);
    expect(seen.boxes.flatMap(clashes)).toEqual([]);
    expect(textOf(seen).replaceAll(' ', '').split('0123456789').length).toBeGreaterThan(1400);
  });
});

it('lists all of ten thousand findings', async () => {
  const large = largeReport(10_000);
  const seen = textOf(await read(large));
  const missing = large.findings.filter(({ subject }) => !seen.includes(subject.name));
  expect(missing).toEqual([]);
}, 60_000);

it('repeats the head of a table on every page it goes on', async () => {
  const { pages } = await read(largeReport(600));
  const middle = pages.slice(4, 9);
  expect(middle.filter((page) => page.includes('WHAT WAS FOUND'))).toHaveLength(middle.length);
});

it('needs fonts', async () => await expect(renderReport('pdf', report)).rejects.toThrow('a PDF needs fonts'));

describe('the comparison', () => {
  it('shows the four lists with their reasons', async () => {
    const seen = await readPdf(await bytesOf(await renderComparison('pdf', comparison, { fonts })));
    expect(seen.bookmarks).toEqual(['Summary', 'New: 1', 'Not comparable: 1', 'Persisting: 4', 'Resolved: 1']);
    const all = textOf(seen);
    expect(all).toMatch(/New: 1 .*shop\/back.*- → fail\. .*The subject was not there in the base scan\./);
    expect(all).toMatch(/Not comparable: 1 .*In the head scan the outcome is unknown/);
    expect(all).toMatch(/fail, waived by W-1 → fail, waived by W-1\./);
    expect(all).toMatch(/Resolved: 1 .*shop\/gone/);
    expect(seen.boxes.flatMap(clashes)).toEqual([]);
    expect(seen.info).toMatchObject({ Title: 'Comparison of production-berlin, 2026-06-01 10:00:00 UTC and 2026-06-08 10:00:00 UTC' });
  });

  it('says when there is nothing, and what to know first', async () => {
    const same = compare(head, head);
    const seen = await readPdf(await bytesOf(await renderComparison('pdf', same.ok ? same.value : comparison, { fonts })));
    expect(seen.pages[0]).toContain('Both reports are of the same scan.');
    expect(textOf(seen)).toContain('None.');
  });

  it('gives the same bytes, and needs fonts', async () => {
    const bytes = async () => bytesOf(await renderComparison('pdf', comparison, { fonts }));
    expect(Buffer.compare(await bytes(), await bytes())).toBe(0);
    await expect(renderComparison('pdf', comparison)).rejects.toThrow('a PDF needs fonts');
  });
});
