import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ScanRecord } from '../../lib/fleet/scan.ts';
import { Report } from '../../lib/reports/report.ts';
import { bedVersion, type Ended, gatehouse, kubeconfigOf, kubectl, temporaryFolder, until } from './bed.ts';
import { callApi, type Serving, serve } from './server.ts';

const namespace = 'gatehouse-conformance';
const standIn = `docker.io/library/suite-stand-in:${bedVersion}`;
/** A focus that lets the stand-in take so long. */
const taking = (seconds: number): readonly string[] => ['--focus', `seconds=${seconds}`];

interface Done extends Ended {
  readonly report: Report | undefined;
  readonly out: string;
}
const argsOf = async (out: string, more: readonly string[]): Promise<readonly string[]> => [
  ...['scan', '--kind', 'conformance', '--kubeconfig', await kubeconfigOf('plain'), '--out', out, '--format', 'json', ...more],
];
const readReport = async (out: string): Promise<Report | undefined> => {
  const text = await readFile(join(out, 'report.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Report.parse(JSON.parse(text));
};
const scan = async (...more: readonly string[]): Promise<Done> => {
  const out = await temporaryFolder();
  const ended = await gatehouse(await argsOf(out, more));
  return { ...ended, out, report: await readReport(out) };
};
/** Starts a scan and does something once its suite runs. */
const scanAnd = async (during: (child: ChildProcess) => Promise<unknown>, ...more: readonly string[]): Promise<Done> => {
  const out = await temporaryFolder();
  const program = fileURLToPath(new URL('../../bin/gatehouse.ts', import.meta.url));
  const child = spawn(process.execPath, [program, ...(await argsOf(out, more))]);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await until('a first failure of the suite', async () => stderr.includes('1 failed'));
  await during(child);
  return { exit: await ended, stdout: '', stderr, out, report: await readReport(out) };
};

/** Asks the API server to evict the pod, as a drain does. */
const evict = async (): Promise<void> => {
  const folder = await temporaryFolder();
  const file = join(folder, 'eviction.json');
  await writeFile(file, JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'suite', namespace } }));
  await kubectl('plain', 'create', '--raw', `/api/v1/namespaces/${namespace}/pods/suite/eviction`, '-f', file);
};

const left = async (): Promise<string> =>
  (await kubectl('plain', 'get', 'namespaces,clusterrolebindings', '-o', 'name'))
    .split('\n')
    .filter((name) => /conformance|e2e/.test(name))
    .join(' ');
const tests = ({ findings }: Report): readonly string[] => findings.map(({ check, outcome }) => `${check} ${outcome}`).toSorted();

afterEach(async () => expect(await left()).toBe(''));

describe('a stand-in for the suite', () => {
  const image = ['--conformance-image', standIn];

  it('is run, read and removed; its tests are the findings', async () => {
    const { exit, report, out, stderr } = await scan(...image, ...taking(3));
    expect(exit, stderr).toBe(1);
    expect(tests(report as Report)).toEqual([
      'conformance/stand-in-should-also-pass pass',
      'conformance/stand-in-should-fail fail',
      'conformance/stand-in-should-pass pass',
      'conformance/stand-in-should-pass-too pass',
    ]);
    expect(report?.counts).toMatchObject({ pass: 3, fail: 1, skipped: 2 });
    expect(report?.conformance).toMatchObject({ isWhole: true, passed: 3, failed: 1, seconds: 3, leftovers: [] });
    const folder = (await readdir(out)).find((name) => name.startsWith('conformance.')) ?? '';
    expect(await readdir(join(out, folder))).toEqual(['e2e.log', 'junit_01.xml']);
    expect(await readFile(join(out, folder, 'junit_01.xml'), 'utf8')).toContain('it was told to');
  });

  it('whose image does not come ends with a reason, soon', async () => {
    const { exit, report, stderr } = await scan('--conformance-image', 'registry.example/none:v1.0.0', ...taking(3));
    expect([exit, report]).toEqual([2, undefined]);
    expect(stderr).toContain('registry.example/none:v1.0.0');
    expect(stderr).toContain('--conformance-image');
  });

  it('that takes too long is given up, and what it said is kept', async () => {
    const { exit, report, stderr } = await scan(...image, ...taking(600), '--time-limit', '1', '--fail-on', 'never');
    expect(exit, stderr).toBe(2);
    expect(report?.conformance).toMatchObject({ isWhole: false, passed: 1, failed: 1, selected: 4 });
    expect(tests(report as Report)).toEqual(['conformance/stand-in-should-fail fail']);
    expect(report?.coverage.unknown).toBe(1);
    expect(report?.coverage.statements.join(' ')).toContain('had not ended after 1 minutes');
  });

  it.each([
    ['deleted', () => kubectl('plain', '-n', namespace, 'delete', 'pod', 'suite', '--wait=false')],
    ['evicted', () => evict()],
  ] as const)('whose pod is %s leaves a partial report', async (_, remove) => {
    const { exit, report, stderr } = await scanAnd(remove, ...image, ...taking(600), '--fail-on', 'never');
    expect(exit, stderr).toBe(2);
    expect(report?.conformance).toMatchObject({ isWhole: false, passed: 1, failed: 1 });
    expect(report?.coverage.statements.join(' ')).toMatch(/remov/);
  });

  it('is removed on Ctrl-C', async () => {
    const { exit, report } = await scanAnd(async (child) => child.kill('SIGINT'), ...image, ...taking(600));
    expect([exit, report]).toEqual([130, undefined]);
  });

  it('keeps others out while it runs, and is removed by clean-up when its process was killed', async () => {
    await scanAnd(async (child) => child.kill('SIGKILL'), ...image, ...taking(600));
    const other = await scan(...image, ...taking(3));
    expect(other.exit).toBe(2);
    expect(other.stderr).toContain('is under way in this cluster');
    const kubeconfig = await kubeconfigOf('plain');
    expect((await gatehouse(['clean-up', '--kubeconfig', kubeconfig])).stdout).toContain('Nothing was left');
    expect((await gatehouse(['clean-up', '--all', '--kubeconfig', kubeconfig])).stdout).toContain(
      'Removed pod gatehouse-conformance/suite',
    );
  });
});

describe('the service', () => {
  let data: string;
  let serving: Serving;
  let token: string;
  let clusterId: string;
  const api = (method: string, path: string, body?: unknown) => callApi(serving.url, token, method, `/v1/projects/default${path}`, body);
  const scanOf = async (id: string): Promise<ScanRecord> => (await api('GET', `/clusters/${clusterId}/scans/${id}`)).body;
  const run = async (seconds: number): Promise<string> => {
    const options = { conformance: { image: standIn, focus: `seconds=${seconds}` } };
    const { status, body } = await api('POST', `/clusters/${clusterId}/scans`, { kinds: ['conformance'], options });
    expect(status, JSON.stringify(body)).toBe(202);
    return (body as { items: ScanRecord[] }).items[0]?.id ?? '';
  };
  const ended = async (id: string): Promise<ScanRecord> => {
    await until(`the end of ${id}`, async () => !['queued', 'running'].includes((await scanOf(id)).state), 240);
    return scanOf(id);
  };
  const phase = async (): Promise<string> =>
    await kubectl('plain', '-n', namespace, 'get', 'pods', '-o', 'jsonpath={.items[*].status.phase}');
  const again = async (): Promise<void> => {
    await serving.end('SIGKILL');
    serving = await serve(data);
  };

  beforeAll(async () => {
    data = join(await temporaryFolder(), 'data');
    serving = await serve(data);
    token = serving.token ?? '';
    const kubeconfig = await readFile(await kubeconfigOf('plain'), 'utf8');
    clusterId = ((await api('POST', '/clusters', { name: 'plain', timeZone: 'UTC', kubeconfig })).body as { id: string }).id;
  });
  afterAll(async () => void (await serving.end('SIGTERM')));

  it('goes on when it is killed in every phase, and seals report and files', async () => {
    const id = await run(90);
    await until('the namespace', async () => (await left()).includes(namespace));
    await again();
    await until('the suite', async () => (await phase()) === 'Running');
    await again();
    await until('progress', async () => ((await scanOf(id)).progress?.doing ?? '').includes('1 failed'));
    await again();
    await until('the end of the suite', async () => ['Failed', 'Succeeded', ''].includes(await phase()), 200);
    await again();
    const done = await ended(id);
    expect(done, done.reason).toMatchObject({ state: 'completed', counts: { pass: 3, fail: 1, skipped: 2 }, failed: { high: 1 } });
    expect(done.artefacts.map(({ name }) => name)).toEqual(expect.arrayContaining(['report.pdf', 'e2e.log', 'junit_01.xml']));
    const file = await api('GET', `/clusters/${clusterId}/scans/${id}/files/junit_01.xml`);
    expect(file.status).toBe(200);
  });

  it('ends a run that was cut off as such, with what is known of it, and one that is cancelled', async () => {
    const id = await run(600);
    await until('progress', async () => ((await scanOf(id)).progress?.doing ?? '').includes('1 failed'));
    await kubectl('plain', '-n', namespace, 'delete', 'pod', 'suite', '--wait=false');
    const cut = await ended(id);
    expect(cut).toMatchObject({ state: 'failed', reason: expect.stringMatching(/removed.*1 test had passed and 1 failed/) });
    await until('the seal', async () => (await scanOf(id)).manifest !== undefined);
    expect((await scanOf(id)).artefacts.map(({ name }) => name)).toContain('report.json');
    const other = await run(600);
    await until('the suite', async () => (await phase()) === 'Running');
    expect((await api('POST', `/clusters/${clusterId}/scans/${other}/cancellation`)).status).toBe(202);
    expect(await ended(other)).toMatchObject({ state: 'cancelled' });
  });
});

// test/cluster/run.sh loads the suite of one version only: compiling it takes minutes
if (process.env.GATEHOUSE_SUITE_VERSION === bedVersion)
  describe('the real suite', () => {
    it('runs a focus to its end; what fails there is what fails', async () => {
      const focus = 'ConfigMap.*(environment|lifecycle|empty key)|Pods should be submitted and removed|kubectl diff finds';
      const { exit, report, stderr } = await scan('--focus', focus, '--skip', 'Slow');
      expect(exit, stderr).toBe(1);
      const failed = report?.findings.filter(({ outcome }) => outcome === 'fail').map(({ title }) => title);
      expect(failed).toContain('[sig-cli] Kubectl client Kubectl diff should check if kubectl diff finds a difference for Deployments');
      expect(report?.conformance?.passed).toBeGreaterThan(3);
      expect(report?.counts.skipped).toBeGreaterThan(7_000);
      expect(stderr).toMatch(/\d+ passed, \d+ failed, \d+ to go/);
      expect(report?.conformance?.leftovers).toEqual([]);
    });
  });
