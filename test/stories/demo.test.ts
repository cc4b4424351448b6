import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Report } from '../../lib/reports/report.ts';
import { runCli } from '../support/run-cli.ts';

const recordings = new URL('../../lib/adapters/local/demo/', import.meta.url);
const path = (name: string) => new URL(name, recordings).pathname;

const gatehouse = (...argv: readonly string[]) => runCli(argv);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-story-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const report = async (name: string): Promise<Report> => Report.parse(JSON.parse(await readFile(join(folder, name, 'report.json'), 'utf8')));

describe('a cluster that was hardened here and weakened there', () => {
  beforeAll(async () => {
    await gatehouse('scan', '--recording', path('before.json'), '--out', join(folder, 'before'), '--quiet');
    await gatehouse(
      'scan',
      '--recording',
      path('after.json'),
      '--baseline',
      join(folder, 'before/report.json'),
      '--out',
      join(folder, 'after'),
      '--format',
      'pdf,csv,json,sarif,junit,oscal',
      '--quiet',
    );
  });

  it('is judged by the benchmark made for it, and most controls are decided', async () => {
    const { scan, coverage } = await report('before');
    expect(scan.benchmark).toEqual({ framework: 'cis-kubernetes', version: '2.0.1', range: '1.34-1.35', inRange: true });
    expect(coverage.total).toBe(131);
    expect(coverage.decided).toBeGreaterThanOrEqual(120);
    expect(coverage.error).toBe(0);
  });

  it('shows what a person who changed it expects', async () => {
    const outcomes = async (name: string) => Object.fromEntries((await report(name)).controls.map(({ id, outcome }) => [id, outcome]));
    const [before, after] = [await outcomes('before'), await outcomes('after')];
    for (const id of ['1.2.15', '1.3.2', '1.4.1']) expect([id, before[id], after[id]]).toEqual([id, 'fail', 'pass']);
    expect([before['5.1.1'], after['5.1.1']]).toEqual(['pass', 'fail']);
    expect([before['1.2.16'], after['1.2.16']]).toEqual(['fail', 'fail']);
  });

  it('lists the new failures and the resolved ones', async () => {
    const { changes, findings } = await report('after');
    const added = findings.filter(({ fingerprint }) => changes?.newFindings.includes(fingerprint)).map(({ check }) => check);
    expect(added).toContain('rbac/cluster-admin');
    expect(changes?.resolvedFindings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['api-server/profiling', 'scheduler/profiling', 'pods/privileged']),
    );
    expect(changes?.notComparable).toBe(0);
  });

  it('names the one worker that deviates', async () => {
    const finding = (await report('after')).findings.find(
      ({ check, subject }) => check === 'files/kubelet-config-mode' && subject.role === 'worker',
    );
    expect(finding?.subject.nodes).toEqual(['worker1', 'worker2']);
    expect(JSON.stringify(finding?.evidence)).toContain('666');
  });

  it('has the same counts in every format', async () => {
    const { counts, findings } = await report('after');
    const rows = parseCsv(await readFile(join(folder, 'after/report.csv')), { columns: true, bom: true }) as {
      outcome: string;
      waived: string;
    }[];
    expect(rows).toHaveLength(findings.length);
    for (const outcome of ['pass', 'fail', 'manual', 'unknown'] as const)
      expect(rows.filter((row) => row.outcome === outcome && row.waived === '')).toHaveLength(counts[outcome]);
    const sarif = JSON.parse(await readFile(join(folder, 'after/report.sarif'), 'utf8')) as { runs: { results: { kind: string }[] }[] };
    expect(sarif.runs.flatMap(({ results }) => results).filter(({ kind }) => kind === 'fail')).toHaveLength(counts.fail);
    const junit = await readFile(join(folder, 'after/report.junit.xml'), 'utf8');
    expect(junit.match(/<failure/g)).toHaveLength(counts.fail);
    const oscal = JSON.parse(await readFile(join(folder, 'after/report.oscal.json'), 'utf8')) as {
      'assessment-results': { results: [{ observations: unknown[]; risks: { status: string }[] }] };
    };
    const [{ observations, risks }] = oscal['assessment-results'].results;
    expect(observations).toHaveLength(findings.length);
    expect(risks.filter(({ status }) => status === 'open')).toHaveLength(counts.fail);
  });

  it('gives the same report from the same recording', async () => {
    await gatehouse(
      'scan',
      '--recording',
      path('after.json'),
      '--baseline',
      join(folder, 'before/report.json'),
      '--out',
      join(folder, 'again'),
      '--format',
      'json',
      '--quiet',
    );
    const [one, two] = [await report('after'), await report('again')];
    expect({ ...two, scan: one.scan }).toEqual(one);
  });

  it('leaves no secret in recordings and reports', async () => {
    for (const file of [path('before.json'), path('after.json'), join(folder, 'after/report.json'), join(folder, 'after/report.csv')])
      expect(await readFile(file, 'utf8')).not.toMatch(/not-a-real-one|PRIVATE KEY|eyJ[A-Za-z0-9_-]{10}|\b[a-z0-9]{6}\.[a-z0-9]{16}\b/);
  });

  it('compares two reports on its own, too', async () => {
    const { exit, out } = await gatehouse(
      'compare',
      join(folder, 'before/report.json'),
      join(folder, 'after/report.json'),
      '--fail-on-new',
      'high',
    );
    expect(exit).toBe(1);
    expect(out).toMatch(/New \(\d+\)/);
    expect(out).toContain('rbac/cluster-admin');
  });
});

describe('the demonstration', () => {
  it('ends well, says where the files are, and can be run twice', async () => {
    for (const _time of [1, 2]) {
      const { exit, out } = await gatehouse('demo', '--out', join(folder, 'demo'));
      expect(exit).toBe(0);
      expect(out).toContain(join(folder, 'demo', 'report.pdf'));
      expect(out).toMatch(/since .*: \d+ new, \d+ resolved/);
    }
  });

  it('shows what an attacker sees, and what changed: one published port closed, another opened', async () => {
    const seen = await report('demo/penetration');
    expect(seen.scan.kind).toBe('penetration');
    expect(seen.findings.some(({ outcome, severity }) => outcome === 'fail' && severity === 'critical')).toBe(true);
    const added = seen.findings.filter(({ fingerprint }) => seen.changes?.newFindings.includes(fingerprint));
    expect(added.map(({ subject: { name } }) => name)).toContain('orders');
    expect(seen.changes?.resolvedFindings.map(({ subject: { name } }) => name)).toContain('front');
    expect(JSON.stringify(seen)).not.toMatch(/PRIVATE KEY|eyJ[A-Za-z0-9_-]{10}|\b[a-z0-9]{6}\.[a-z0-9]{16}\b/);
  });
});

describe('a folder with the report of another cluster', () => {
  const elsewhere = async (name: string): Promise<string> => {
    await gatehouse('scan', '--recording', path('before.json'), '--out', join(folder, name), '--format', 'json', '--quiet');
    const file = join(folder, name, 'report.json');
    const one = await report(name);
    await writeFile(
      file,
      JSON.stringify({ ...one, scan: { ...one.scan, cluster: { ...one.scan.cluster, id: 'other-id', name: 'other' } } }),
    );
    return file;
  };

  it('keeps it, does not compare with it, and says so', async () => {
    await elsewhere('other');
    const { out } = await gatehouse('scan', '--recording', path('after.json'), '--out', join(folder, 'other'), '--format', 'json');
    expect(out).toMatch(/report that was there is a configuration scan of cluster "other"[^.]*kept and not\s+compared/);
    expect((await report('other')).changes).toBeNull();
    const kept = (await readdir(join(folder, 'other'))).filter((name) => name !== 'report.json');
    expect(kept).toHaveLength(1);
    expect(await readFile(join(folder, 'other', kept[0] ?? ''), 'utf8')).toContain('other-id');
  });

  it('is refused as the baseline, before anything is written', async () => {
    const baseline = await elsewhere('another');
    const { exit, err } = await gatehouse(
      'scan',
      '--recording',
      path('after.json'),
      '--baseline',
      baseline,
      '--out',
      join(folder, 'never'),
    );
    expect(exit).toBe(2);
    expect(err).toMatch(/The baseline is a configuration scan of cluster "other"/);
    expect(await readdir(folder)).not.toContain('never');
  });
});

describe('the summary', () => {
  it('has the worst first, and names what nobody decided', async () => {
    const { out } = await gatehouse('scan', '--recording', path('after.json'), '--out', join(folder, 'summary'), '--format', 'json');
    const order = [...out.matchAll(/^ {2}\d\.\d+(?:\.\d+)? +(critical|high|medium|low|info) /gm)].map(([, severity]) => severity as string);
    const ranks = order.map((severity) => ['critical', 'high', 'medium', 'low', 'info'].indexOf(severity));
    expect(ranks.length).toBeGreaterThan(40);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(out).toMatch(/A person must look {2}3\.1\.1, /);
  });

  it('leaves standard output to the report with --json', async () => {
    const { out, err } = await gatehouse('scan', '--recording', path('after.json'), '--json');
    expect(Report.parse(JSON.parse(out)).scan.cluster.name).toBe('demo');
    expect(err).toContain('Findings');
  });
});

describe('what a user gets for wrong input', () => {
  it.each([
    ['an unknown kind', ['scan', '--kind', 'cis'], /argument 'cis' is invalid\. Allowed choices are configuration/],
    ['an unknown format', ['scan', '--format', 'docx'], /"docx" is not one of pdf, csv, json, sarif, junit, oscal/],
    ['a severity that is none', ['scan', '--fail-on', 'bad'], /Allowed choices are critical, high/],
    ['a share that is none', ['scan', '--min-coverage', 'half'], /percentage from 0 to 100/],
    ['a share that is empty', ['scan', '--min-coverage', ''], /percentage from 0 to 100/],
    ['a time limit that is none', ['scan', '--request-timeout', 'soon'], /number of seconds, above 0/],
    ['a folder without a name', ['scan', '--out', ''], /It is empty; name a path\./],
    ['an unknown option', ['scan', '--fast'], /unknown option '--fast'/],
    ['an unknown command', ['scna'], /unknown command 'scna'/],
    [
      'a recording that is not there',
      ['scan', '--recording', '/nowhere.json', '--out', '/tmp/x'],
      /Cannot read the recording \/nowhere\.json: it does not exist; check the path\./,
    ],
    [
      'a benchmark that does not exist',
      ['scan', '--recording', path('after.json'), '--benchmark', '3.0', '--json'],
      /no CIS Kubernetes Benchmark "3\.0" here; name one of 1\.7/,
    ],
    [
      'a baseline that is none',
      ['scan', '--recording', path('after.json'), '--baseline', path('after.json'), '--json'],
      /is no report of this version of Gatehouse/,
    ],
    [
      'waivers that are not there',
      ['scan', '--recording', path('after.json'), '--waivers', '/nowhere.yaml', '--json'],
      /Cannot read the waiver file \/nowhere\.yaml: it does not exist; check the path\./,
    ],
    ['a kubeconfig that is not there', ['scan', '--kubeconfig', '/nowhere', '--json'], /\/nowhere/],
  ])('%s: one sentence and exit status 2', async (_what, argv, expected) => {
    const { exit, out, err } = await gatehouse(...argv);
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(expected);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
