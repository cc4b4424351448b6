import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { SoftwarePackage } from '../../lib/core/sbom/index.ts';
import { languageCatalogers } from '../../lib/sbom/languages/index.ts';

/** A folder for one installation; `await using` takes it away. */
export async function temporaryFolder(): Promise<{ path: string; [Symbol.asyncDispose](): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'gatehouse-languages-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface Mention extends SoftwarePackage {
  /** Relative to the folder. */
  readonly path: string;
}

/** What the catalogers say of every file in a folder, as if it were an image. Throws where a file is unreadable. */
export async function packagesIn(folder: string): Promise<Mention[]> {
  if (!existsSync(folder)) throw new Error(`no folder ${folder}`);
  const mentions: Mention[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file);
    const head = { path, size: (await stat(file)).size, mode: 0o644 };
    for (const cataloger of languageCatalogers.filter((one) => one.wants(head))) {
      const findings = await cataloger.read(head, await readFile(file));
      if (findings?.unreadable !== undefined) throw new Error(`${path}: ${findings.unreadable}`);
      for (const found of findings?.packages ?? []) mentions.push({ ...found, path });
    }
  }
  return mentions;
}

/** `name version`, each once, sorted. */
export const told = (packages: readonly { readonly name: string; readonly version: string }[]): string[] =>
  [...new Set(packages.map(({ name, version }) => `${name} ${version}`))].toSorted();
