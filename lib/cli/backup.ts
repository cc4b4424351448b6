import manifest from '../../package.json' with { type: 'json' };
import type { BackupSummary } from '../adapters/local/backup/format.ts';
import { writeBackup } from '../adapters/local/backup/write-backup.ts';
import type { Answer } from './answer.ts';
import { folderNames } from './serve/folder.ts';
import type { Terminal } from './terminal.ts';

export interface BackupFlags {
  readonly data: string;
  readonly out: string;
}

const sizeOf = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** What is in a backup, in one line. */
export const inWords = ({ files, bytes }: BackupSummary): string => `${files} files, ${sizeOf(bytes)}`;

/** Says which evidence the records name and nobody has: that is no fault of the backup, and somebody must know. */
export const tellMissing = ({ missing }: BackupSummary, terminal: Terminal): void => {
  if (missing.length === 0) return;
  terminal.err(`gatehouse: ${missing.length} files that the records name are not in the data folder, the first is ${missing[0]}\n`);
};

/** `gatehouse backup` */
export const backupCommand = async ({ data, out }: BackupFlags, terminal: Terminal): Promise<Answer> => {
  const { signal } = terminal;
  const written = await writeBackup({ data, out, names: folderNames, tool: manifest.version, now: terminal.now(), signal });
  if (!written.ok) return written;
  tellMissing(written.value, terminal);
  terminal.out(`${out}: ${inWords(written.value)}\n`);
  terminal.out('It holds every secret and the keys that open them: only you can read it; keep it as you keep a password.\n');
  return { exit: 0 };
};
