import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTrouble } from '../adapters/local/files.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { lookBeforeStart, type SuiteFile, suiteImage } from '../scanners/conformance/index.ts';
import { conformanceNeeds } from '../scanners/conformance/needs.ts';
import { examineRights } from '../workflows/examine-rights.ts';
import { type ConformanceFlags, conformanceChoice } from './conformance-flags.ts';
import type { OpenPorts } from './ports.ts';
import type { Terminal } from './terminal.ts';

/** What the user must know before the suite starts. */
export const announceConformance = (flags: ConformanceFlags, terminal: Terminal): void => {
  const { mode = flags.focus !== undefined || flags.skip !== undefined ? 'custom' : 'non-disruptive' } = conformanceChoice(flags) ?? {};
  terminal.err(
    `gatehouse: a conformance scan (mode ${mode}) needs rights like those of a cluster administrator: it gives them to one pod while the suite runs, and takes them away at the end.${
      mode === 'certified' ? ' This mode also runs tests that disturb what else runs in the cluster.' : ''
    }\n`,
  );
};

/** Saves the files of the suite into a folder of their own beside the reports. Answers their paths. */
export const saveSuiteFiles = async (
  folder: string,
  startedAt: string,
  files: readonly SuiteFile[],
): Promise<Result<readonly string[]>> => {
  if (files.length === 0) return succeed([]);
  const own = join(folder, `conformance.${startedAt.replace(/\.\d+/, '').replaceAll(':', '-')}`);
  try {
    await mkdir(own, { recursive: true });
    for (const { name, body } of files) await writeFile(join(own, name), body);
    return succeed(files.map(({ name }) => join(own, name)));
  } catch (error) {
    return failed('output-failed', `Cannot write the files of the suite to ${own}: ${fileTrouble(error)}.`);
  }
};

/** One line of what a look before the start says. */
export interface Route {
  readonly node: string;
  readonly answers: boolean;
  readonly say: string;
}

/** What `gatehouse doctor --kind conformance` examines: rights, and what the suite would meet. */
export const examineSuite = async ({ ports: { access } }: OpenPorts, version: string) => {
  const rights = await examineRights(access, conformanceNeeds, () => []);
  if (!rights.ok) return rights;
  const image = suiteImage(version, {});
  const looked = await lookBeforeStart(access);
  const routes: readonly Route[] = [
    { node: 'image', answers: image.ok, say: image.ok ? image.value : image.failure.say },
    ...(looked.ok
      ? looked.value.notes.map((say) => ({ node: 'cluster', answers: false, say }))
      : [{ node: 'cluster', answers: false, say: looked.failure.say }]),
  ];
  return succeed({ rights: rights.value, routes });
};
