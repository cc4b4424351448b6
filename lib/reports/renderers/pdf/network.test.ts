import { beforeAll, describe, expect, it } from 'vitest';
import { aNetwork, flawMessage, kubelet, networkReport, probed } from '../../../../test/support/network-report.ts';
import { clashes, type ReadPdf, readPdf } from '../../../../test/support/read-pdf.ts';
import { aScan, aWaiver } from '../../../../test/support/report-builder.ts';
import { readFonts } from '../../../adapters/local/report-fonts.ts';
import type { Network, Report } from '../../report.ts';
import { type PdfFonts, renderReport } from '../renderer.ts';
import { sectionName, sectionOf } from './section-names.ts';

let fonts: PdfFonts;
beforeAll(async () => {
  fonts = await readFonts();
});
const read = async (report: Report): Promise<ReadPdf> => {
  const pieces = await Array.fromAsync(await renderReport('pdf', report, { fonts }));
  return readPdf(Buffer.concat(pieces.map((one) => Buffer.from(one))));
};

describe('the report of a penetration scan', () => {
  const report = networkReport();
  let seen: ReadPdf;
  let rest: string;
  beforeAll(async () => {
    seen = await read(report);
    rest = seen.pages.slice(1).join(' ');
  });
  /** A chapter, by its title and that of the next one; both stand in the contents too. */
  const chapter = (from: string, to: string): string => rest.slice(rest.lastIndexOf(from), rest.lastIndexOf(to));

  it('says on page one what each vantage reached', () => {
    expect(seen.pages[0]).toContain('VANTAGE TARGETS REACHED PORTS TRIED OPEN CLOSED FILTERED REQUESTS TIMED OUT');
    expect(seen.pages[0]).toContain('external 3 of 4 67 5 60 2 209 1');
    expect(seen.pages[0]).toContain('internal 5 of 6 71 8 62 1 234 2');
  });

  it('does not say it again as a statement, and leaves none of the others out', () => {
    expect(seen.pages[0]).not.toContain('From the external vantage');
    expect(seen.pages[0]).toContain('Nobody could look at Ingresses.');
  });

  it('counts what was seen apart from what versions suggest', () => {
    expect(seen.pages[0]).toContain('2 confirmed failures 1 high, 1 low');
    expect(seen.pages[0]).toContain('1 potential by version alone: 1 medium');
    expect(seen.pages[0]).toContain('Failed 2 Check broke 0 Could not look 1 A person must look 1 Potential 1 Passed 1');
  });

  it('speaks of probes, and of no benchmark and no versions it were made for', () => {
    const all = seen.pages.join(' ');
    expect(all).toContain('2 probes failed');
    for (const word of ['CIS', 'benchmark', 'controls', 'Controls', 'CONTROL', 'A control', 'any version', 'Level 1'])
      expect(all).not.toContain(word);
  });

  it('has its sections under their names, in an order of its own', () =>
    expect(chapter('Probes by section', 'Failed probes')).toMatch(
      /KUB Kubelet .* ADD Add-ons, .* TLS TLS: .* POD Seen from a pod .* VER Versions .* KHV kube-hunter's list/,
    ));

  it('shows of every failure where, from where, techniques and references', () => {
    const failed = chapter('Failed probes', 'Potential: concluded');
    expect(failed).toContain('Node w1 port 10250/tcp, worker 10.0.0.5:10250 seen from external and internal');
    expect(failed).toContain('ATT&CK T1613 READ ON https://example.test/pods');
    expect(failed).toContain('GET /pods over TLS: 200, a list of pods · network, external and internal');
  });

  it('shows the severity of what is milder than its heading', () => {
    expect(chapter('Failed probes', 'Potential: concluded')).toContain('10.0.0.1:6443 seen from internal, low');
    expect(chapter('Failed probes', 'Potential: concluded')).not.toContain('internal, high');
  });

  it('has what versions suggest in a chapter by severity, and not among what waits for a person', () => {
    const flaws = chapter('Potential: concluded from versions', 'A program cannot decide these');
    expect(flaws).toMatch(/medium 1 finding/);
    expect(flaws).toContain(flawMessage);
    expect(flaws).toContain('ATT&CK T1190');
    expect(flaws).toContain('etcd:3.6.8');
    const people = chapter('A program cannot decide these', 'The scan had no right');
    expect(people).toContain('Ask who holds the tokens.');
    expect(people).not.toContain(flawMessage);
  });

  it('lists every request by probe and answer, the knocking first', () => {
    const sent = chapter('Requests', 'How to read this report');
    expect(sent).toContain('All 6 requests');
    expect(sent).toMatch(
      /TCP connect closed 2 times 10\.0\.0\.5, 10\.0\.0\.6: 22 external open 2 times 10\.0\.0\.5:10250 external, internal/,
    );
    expect(sent).toContain('[fd00::7]:443 as shop.example');
    expect(sent.indexOf('Knocking')).toBeLessThan(sent.indexOf('exposure/kubelet/pods'));
  });

  it('names what was not contacted, and why', () =>
    expect(chapter('Requests', 'How to read this report')).toMatch(
      /LoadBalancer shop\/front 203\.0\.113\.7, 203\.0\.113\.8 It is outside the networks of the cluster\./,
    ));

  it('has a bookmark for each of its chapters', () =>
    expect(seen.bookmarks).toEqual(
      expect.arrayContaining([
        'Probes by section',
        'Failed probes',
        'Potential: concluded from versions',
        '  Potential, medium',
        'Requests',
      ]),
    ));

  it('shows no back quotes of titles', () => expect(seen.pages.join(' ')).not.toContain('`'));

  it('never lies on other text', () => expect(seen.boxes.flatMap(clashes)).toEqual([]));
});

it('says so when nothing was refused', async () => {
  const seen = await read(networkReport({ network: aNetwork({ refused: [] }) }));
  expect(seen.pages.join(' ')).toContain('Every address that the cluster names was on the list');
});

it('a potential flaw that somebody accepted is marked, and counted no more', async () => {
  const seen = await read(networkReport({ waivers: [aWaiver('W-9', 'exposure/kubelet/pods')] }));
  expect(seen.pages[0]).toContain('0 confirmed failures none');
  expect(seen.pages.join(' ')).toContain('WAIVED by W-9');
});

describe('of 200 nodes', () => {
  const nodes = Array.from({ length: 200 }, (_, index) => ({ name: `w${index}`, address: `10.0.${index >> 7}.${index & 127}` }));
  const ports = Array.from({ length: 40 }, (_, index) => 9000 + index);
  const exchanges: Network['exchanges'] = nodes.flatMap(({ name, address }) => [
    ...ports.map((port) => ({
      probe: 'knock',
      endpoint: `${address}:${port}`,
      sent: 'TCP connect',
      answered: 'closed',
      vantage: 'external' as const,
    })),
    {
      probe: 'exposure/kubelet/logs',
      endpoint: `${address}:10250`,
      sent: `GET /containerLogs/shop/${name}`,
      answered: '401',
      vantage: 'external',
    },
  ]);
  const report = networkReport({
    network: aNetwork({ exchanges }),
    judged: nodes.map(({ name, address }) => probed(kubelet(name, address), 'fail')),
    scan: {
      cluster: { ...aScan().cluster, nodes: nodes.map(({ name }) => ({ name, role: 'worker', kubeletVersion: 'v1.36.3', osImage: '' })) },
    },
  });

  it('is a report that somebody can read, and says where the rest is', async () => {
    const seen = await read(report);
    expect(seen.pages.length).toBeLessThan(25);
    const all = seen.pages.join(' ');
    expect(all).toContain('10.0.0.0:10250, 10.0.0.1:10250');
    expect(all).toContain('and 188 more; the rest is in report.json');
    expect(all).toContain('and 176 more; the rest is in report.json: 9000, 9001');
    expect(all).toContain('160 more requests; the rest is in report.json');
    expect(seen.boxes.flatMap(clashes)).toEqual([]);
  });
});

describe('sections of probes', () => {
  it.each([
    ['API-01', 'API'],
    ['API-10', 'TLS'],
    ['API-12', 'TLS'],
    ['API-15', 'VER'],
    ['KUB-02', 'KUB'],
    ['ETC-01', 'ETC'],
    ['CMP-13', 'CMP'],
    ['ADD-11', 'ADD'],
    ['POD-03', 'POD'],
    ['KHV036', 'KHV'],
    ['KHV-active', 'KHV'],
  ])('%s is in %s', (id, section) => {
    expect(sectionOf({ framework: 'gatehouse-penetration', id })).toBe(section);
    expect(sectionName('gatehouse-penetration', section)).not.toBe('');
  });
  it('of a row nobody knows is its letters, without a name', () => {
    expect(sectionOf({ framework: 'gatehouse-penetration', id: 'NEW-01' })).toBe('NEW');
    expect(sectionName('gatehouse-penetration', 'NEW')).toBe('');
  });
  it('of a benchmark are its numbers', () => expect(sectionOf({ framework: 'cis-kubernetes', id: '1.2.3' })).toBe('1.2'));
});

describe('known flaws that do not concern the versions', () => {
  const report = networkReport();
  const passed = report.findings.find(({ outcome }) => outcome === 'pass') as Report['findings'][number];
  const ruling = (number: number, node: string, part = 'the kubelet'): Report['findings'][number] => ({
    ...passed,
    fingerprint: `${number}-${node}`.padEnd(64, '0'),
    check: `exposure/versions/cve-2025-${number}`,
    title: `CVE-2025-${number} does not concern the version of ${part}`,
    message: `CVE-2025-${number} does not concern the version of ${part}.`,
    subject: { kind: 'Node', name: node, node, role: 'worker' },
    evidence: [
      { source: `Node ${node}`, looked: 'kubeletVersion', found: 'v1.36.3' },
      { source: 'table of known flaws', looked: 'affected versions', found: `up to 1.0.${number}` },
    ],
  });
  const numbers = Array.from({ length: 60 }, (_, index) => 1000 + index);
  const flaws = [...numbers.flatMap((number) => ['w1', 'w2'].map((node) => ruling(number, node))), ruling(7777, 'w1', 'etcd')];

  it('are one row for each part, with every CVE and each version once', async () => {
    const seen = await read({ ...report, findings: [...report.findings, ...flaws] });
    const text = seen.pages.slice(1).join(' ');
    for (const number of [...numbers, 7777]) expect(text.split(`CVE-2025-${number}`)).toHaveLength(2);
    expect(text).toContain('60 known flaws');
    expect(text.split('Node w1, kubeletVersion: v1.36.3')).toHaveLength(3);
    expect(text).not.toContain('up to 1.0.1000');
    // what else passed is there as before
    expect(text).toContain(passed.title.replaceAll('`', ''));
    const plain = await read(report);
    expect(seen.pages.length).toBeLessThanOrEqual(plain.pages.length + 1);
    expect(seen.boxes.flatMap(clashes)).toEqual([]);
  });

  it('are findings like all others in the other formats', async () => {
    const all = { ...report, findings: [...report.findings, ...flaws] };
    const csv = (await Array.fromAsync(await renderReport('csv', all, {}))).join('');
    expect(csv.split('CVE-2025-1000 does not concern').length).toBeGreaterThan(2);
  });
});
