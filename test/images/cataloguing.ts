import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FileFindings } from '../../lib/sbom/cataloger.ts';
import { osCatalogers } from '../../lib/sbom/os/index.ts';

const execute = promisify(execFile);

/** What a program prints. */
export async function printed(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await execute(program, [...args], { env: { ...process.env, LC_ALL: 'C.UTF-8', ...env }, maxBuffer: 256 << 20 });
  return stdout;
}
export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** What the catalogers say of a file, as if it lay at `path` in an image. */
export async function catalogued(path: string, file: string): Promise<FileFindings | undefined> {
  const bytes = await readFile(file);
  const head = { path, size: bytes.length, mode: 0o644 };
  const cataloger = osCatalogers.find((one) => one.wants(head));
  if (cataloger === undefined) throw new Error(`no cataloger wants ${path}`);
  return await cataloger.read(head, bytes);
}

/** A folder of a published Go module, by the Go module proxy; nothing of it is kept in this repository. */
export async function goModule(name: string): Promise<string> {
  const answer: unknown = JSON.parse(await printed('go', ['mod', 'download', '-json', name]));
  if (typeof answer !== 'object' || answer === null || !('Dir' in answer) || typeof answer.Dir !== 'string')
    throw new Error(`no folder of ${name}`);
  return answer.Dir;
}
