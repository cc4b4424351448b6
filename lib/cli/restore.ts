import { readBackup } from '../adapters/local/backup/read-backup.ts';
import type { Answer } from './answer.ts';
import { inWords, tellMissing } from './backup.ts';
import { folderNames } from './serve/folder.ts';
import type { Terminal } from './terminal.ts';

export interface RestoreFlags {
  readonly file: string;
  readonly data: string;
}

/** `gatehouse restore` */
export const restoreCommand = async ({ file, data }: RestoreFlags, terminal: Terminal): Promise<Answer> => {
  const restored = await readBackup({ file, data, names: folderNames, signal: terminal.signal });
  if (!restored.ok) return restored;
  tellMissing(restored.value, terminal);
  terminal.out(`${data}: ${inWords(restored.value)}, as of ${restored.value.createdAt}\n`);
  terminal.out(
    `Now: gatehouse serve --data ${data}. Stop the server that was backed up, if it still runs: both would scan the same clusters.\n`,
  );
  return { exit: 0 };
};
