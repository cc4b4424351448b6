import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-output-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Scans the embedded cluster in a process of its own whose reader closes a stream at once. */
const scanWithout = (stream: 'stdout' | 'stderr', out: string, ...more: readonly string[]): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const argv = [
      'scan',
      '--recording',
      at('lib/adapters/local/demo/after.json'),
      '--out',
      join(folder, out),
      '--format',
      'json,csv',
      ...more,
    ];
    const child = spawn(process.execPath, [at('bin/gatehouse.ts'), ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const name of ['stdout', 'stderr'] as const) name === stream ? child[name].destroy() : child[name].resume();
    child.once('error', reject).once('close', resolve);
  });

it.each([
  ['stdout', 'high', 1],
  ['stdout', 'never', 0],
  ['stderr', 'high', 1],
  ['stderr', 'never', 0],
] as const)('a reader that closes %s changes neither reports nor exit status (--fail-on %s)', async (stream, failOn, exit) => {
  const out = `${stream}-${failOn}`;
  expect(await scanWithout(stream, out, '--fail-on', failOn, '--json')).toBe(exit);
  expect((await readdir(join(folder, out))).toSorted()).toEqual(['report.csv', 'report.json']);
});
