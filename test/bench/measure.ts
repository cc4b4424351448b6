import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What one run of a program took. */
export interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly exit: number;
  readonly stderr: string;
}

/** Runs a Node program as a whole process and measures it. */
export const measure = async (args: readonly string[]): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const file = join(folder, 'peak');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', join(root, 'test/bench/peak-memory.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, PEAK_MEMORY_FILE: file },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exit = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const seconds = (performance.now() - started) / 1000;
  const peakMiB = Number(readFileSync(file, 'utf8')) / 1024;
  rmSync(folder, { recursive: true });
  return { seconds, peakMiB, exit, stderr };
};

/** Prints one number beside its target, with the ratio: below 1 is within it. */
export const compareWithTarget = (what: string, value: number, unit: string, target: number): void =>
  console.log(
    `${what.padEnd(72)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(4)} target ${String(target).padStart(5)}  ratio ${(value / target).toFixed(2)}`,
  );
