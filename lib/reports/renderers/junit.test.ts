import { describe, expect, it } from 'vitest';
import { convert } from 'xmlbuilder2';
import { networkReport } from '../../../test/support/network-report.ts';
import { aWaiver, buildReport, clusterWide, judged, onNode, workload } from '../../../test/support/report-builder.ts';
import type { Report } from '../report.ts';
import { renderReport } from './renderer.ts';

interface Verdict {
  readonly '@message': string;
  readonly '@type'?: string;
  readonly '#': string;
}
interface TestCase {
  readonly '@classname': string;
  readonly '@name': string;
  readonly failure?: Verdict;
  readonly error?: Verdict;
  readonly skipped?: Verdict;
}
interface Suite {
  readonly '@name': string;
  readonly '@tests': string;
  readonly '@failures': string;
  readonly '@errors': string;
  readonly '@skipped': string;
  readonly properties: { readonly property: readonly { readonly '@name': string; readonly '@value': string }[] };
  readonly testcase: TestCase | readonly TestCase[];
}
const text = async (report: Report) => (await Array.fromAsync(await renderReport('junit', report))).join('');
const read = async (report: Report) => {
  const { testsuites } = convert(await text(report), { format: 'object' }) as unknown as {
    readonly testsuites: Record<string, string> & { readonly testsuite: Suite | readonly Suite[] };
  };
  const suites: readonly Suite[] = [testsuites.testsuite].flat() as readonly Suite[];
  return { testsuites, suites, cases: suites.flatMap(({ testcase }) => [testcase].flat() as readonly TestCase[]) };
};

const everything = buildReport({
  judged: [
    ['pods/a', judged(workload('open'), 'fail'), judged(workload('accepted'), 'fail'), judged(workload('good'), 'pass')],
    ['pods/b', judged(clusterWide, 'unknown', { message: 'No right.' })],
    ['kubelet/c', judged(clusterWide, 'manual', { message: 'Look.' })],
    ['kubelet/d', judged(clusterWide, 'not-applicable', { message: 'None here.' })],
    ['kubelet/e', judged(clusterWide, 'error', { message: 'It broke.', evidence: [] })],
    ['kubelet/f', judged(onNode('w1'), 'fail'), judged(onNode('w2'), 'pass'), judged(onNode('w3'), 'pass')],
  ],
  waivers: [aWaiver('W-1', 'pods/a', { match: { check: 'pods/a', subject: '*accepted*' } })],
  statements: ['Files were not looked at.'],
});

it('has a test case per finding, and counts that add up', async () => {
  const { testsuites, suites, cases } = await read(everything);
  expect(cases).toHaveLength(everything.findings.length);
  expect(testsuites).toMatchObject({ '@tests': '8', '@failures': '2', '@errors': '2', '@skipped': '3', '@time': '1.25' });
  const of = (name: string) => suites.find((suite) => suite['@name'] === name);
  expect(of('pods')).toMatchObject({ '@tests': '4', '@failures': '1', '@errors': '1', '@skipped': '1' });
  expect(of('kubelet')).toMatchObject({ '@tests': '4', '@failures': '1', '@errors': '1', '@skipped': '2' });
});

describe('a test case', () => {
  const find = async (start: string) =>
    (await read(everything)).cases.find((one) => `${one['@classname']} ${one['@name']}`.includes(start));
  it('fails with severity, evidence, repair and fingerprint', async () => {
    const one = await find('shop/open');
    expect(one?.failure).toMatchObject({ '@type': 'medium', '@message': 'Deployment open is judged fail.' });
    for (const part of ['Evidence: spec.hostNetwork: fail', 'Why: Somebody', 'Repair: Set', 'Controls: 1.1.1', 'Fingerprint: sha256:'])
      expect(one?.failure?.['#']).toContain(part);
  });
  it('of a pass says nothing', async () => expect(Object.keys((await find('shop/good')) ?? {})).toEqual(['@classname', '@name', '@time']));
  it('of what could not be looked at is an error', async () =>
    expect((await find('pods/b'))?.error).toMatchObject({ '@type': 'unknown', '@message': 'No right.' }));
  it('of a broken check is an error', async () => expect((await find('kubelet/e'))?.error).toMatchObject({ '@type': 'error' }));
  it('that waits for a person is skipped, and says at what to look', async () => {
    const one = await find('kubelet/c');
    expect(one?.skipped?.['@message']).toBe('manual: Look.');
    expect(one?.skipped?.['#']).toContain('Look at: Set the flag');
  });
  it('that does not apply is skipped', async () =>
    expect((await find('kubelet/d'))?.skipped?.['@message']).toBe('not-applicable: None here.'));
  it('that is waived is skipped, and says by what', async () =>
    expect((await find('shop/accepted'))?.skipped?.['@message']).toContain('Waived by W-1 until 2026-12-31 (owner Platform team)'));
  it('names the nodes that deviate', async () =>
    expect((await find('kubelet/f'))?.failure?.['#']).toContain('most common: pass, deviating: w1 (fail)'));
});

it('carries the facts of the scan and what to know first', async () => {
  const { suites } = await read(everything);
  const facts = Object.fromEntries(suites[0]?.properties.property.map((one) => [one['@name'], one['@value']]) ?? []);
  expect(facts).toMatchObject({
    scanId: 'scan-2',
    cluster: 'plain',
    kubernetesVersion: 'v1.36.3',
    benchmark: 'cis-kubernetes 2.0.1',
    benchmarkInRange: 'false',
    statement: 'Files were not looked at.',
  });
});

it('leaves out characters that XML cannot hold, and escapes the rest', async () => {
  const bad = buildReport({ judged: [['pods/a', judged(workload('a\u0000b\u0008c\uFFFEd\uD800e<&>"\u{1F600}'), 'fail')]] });
  const written = await text(bad);
  expect(written).toContain('shop/abcde&lt;&amp;&gt;&quot;\u{1F600}, container main"');
  expect(written).toMatch(/<failure message="Deployment abcde&lt;&amp;&gt;&quot;/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(written).not.toMatch(/[\u0000-\u0008\uFFFE\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
});

describe('of a penetration scan', () => {
  it('a failure says where, from where, and how sure', async () => {
    const failed = (await read(networkReport())).cases.find((one) => one['@name'].includes('port 10250/tcp'));
    expect(failed?.failure?.['#']).toContain(
      'Certainty: confirmed\nAt: 10.0.0.5:10250\nSeen from: external, internal\nTechniques: T1613\nRead on: https://example.test/pods',
    );
  });

  it('what a version suggests is skipped, under its own word', async () => {
    const skipped = (await read(networkReport())).cases.flatMap((one) => one.skipped?.['@message'] ?? []);
    expect(skipped).toContain('potential: CVE-2026-0001 concerns the version of etcd.');
    expect(skipped).toContain('manual: Tokens were listed.');
  });

  it('ports of one thing are test cases of their own', async () => {
    const names = (await read(networkReport())).cases.map((one) => `${one['@classname']} ${one['@name']}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.includes('worker nodes, port '))).toHaveLength(2);
  });
});
