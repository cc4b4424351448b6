import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Report } from '../../lib/reports/report.ts';
import { note } from './seen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const testbed = join(root, 'test/bed/testbed');

/** Kubernetes version that the bed runs in this round. */
export const bedVersion = process.env.GATEHOUSE_BED_VERSION ?? 'v1.36.3';
export type ClusterName = 'plain' | 'exposed' | 'hardened' | 'aging';

/** Runs a command of the bed and answers what it prints. */
export const bed = async (...args: readonly string[]): Promise<string> => (await run(testbed, [...args], { maxBuffer: 64 << 20 })).stdout;
export const kubectl = (cluster: ClusterName, ...args: readonly string[]): Promise<string> => bed('kubectl', cluster, ...args);
/** Applies manifests given as objects. */
export const apply = async (cluster: ClusterName, ...manifests: readonly unknown[]): Promise<void> => {
  const child = spawn(testbed, ['kubectl', cluster, 'apply', '-f', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
  await new Promise<void>((resolve, reject) =>
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`kubectl apply ended with ${code}`)))),
  );
};
/** Runs a shell command on a node. */
export const onNode = (cluster: ClusterName, node: string, command: string): Promise<string> =>
  bed('node', cluster, node, 'sh', '-c', command);
export const kubeconfigOf = async (cluster: ClusterName): Promise<string> => (await bed('kubeconfig', cluster)).trim();

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI as a user would, as a process of its own. */
export const gatehouse = async (
  args: readonly string[],
  options: {
    /** Sends a signal so many milliseconds after a text was printed. */
    readonly signalAfter?: { readonly text: string; readonly ms: number; readonly signal: NodeJS.Signals };
    readonly env?: NodeJS.ProcessEnv;
  } = {},
): Promise<Ended> => {
  const child = spawn(process.execPath, [join(root, 'bin/gatehouse.ts'), ...args], { env: { ...process.env, ...options.env } });
  let stdout = '';
  let stderr = '';
  let signalled = false;
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    const { signalAfter } = options;
    if (signalAfter && !signalled && stderr.includes(signalAfter.text)) {
      signalled = true;
      setTimeout(() => child.kill(signalAfter.signal), signalAfter.ms);
    }
  });
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, stdout, stderr };
};

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'gatehouse-cluster-'));

/** Scans a cluster of the bed and answers its report. `what` says what is special about the cluster now, for the table of what was seen. */
export const scan = async (cluster: ClusterName, what = '', ...more: readonly string[]): Promise<Report> => {
  const out = await temporaryFolder();
  const ended = await gatehouse([
    'scan',
    '--kubeconfig',
    await kubeconfigOf(cluster),
    '--out',
    out,
    '--format',
    'json',
    '--fail-on',
    'never',
    '--quiet',
    ...more,
  ]);
  if (ended.exit !== 0) throw new Error(`scan of ${cluster} ended with ${ended.exit}: ${ended.stderr}`);
  const report = Report.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')));
  note(what === '' ? cluster : `${cluster}: ${what}`, report);
  return report;
};

/** Outcome of each control, by number. */
export const outcomesOf = (report: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(report.controls.map(({ id, outcome }) => [id, outcome]));

/** Waits until something holds. */
export const until = async (what: string, holds: () => Promise<boolean>, seconds = 120): Promise<void> => {
  const end = Date.now() + seconds * 1000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`${what} did not come within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
};
