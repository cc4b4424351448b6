import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { fileTrouble } from './files.ts';
import { hasCode, placeIfAbsent } from './place-file.ts';

/** What makes a file unfit to hold a key. Windows has no such modes. */
const unfit = async (path: string): Promise<string | undefined> => {
  const about = await lstat(path);
  if (!about.isFile()) return 'it is no ordinary file';
  if (process.platform === 'win32') return undefined;
  if ((about.mode & 0o077) !== 0)
    return `others can read or change it; if nobody did, run chmod 600 on it, and otherwise replace what it protects`;
  return about.uid === process.getuid?.() ? undefined : 'it belongs to another user';
};

/**
 * Reads a key of this machine, and makes it at first use: several processes that do so at once get the same one. `make` is not asked when there is a key already. A key that others can read is
 * refused, because nobody knows who did.
 */
export const readKeyFile = async (path: string, make: () => Uint8Array | Promise<Uint8Array>): Promise<Result<Buffer>> => {
  try {
    const there = await lstat(path).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    if (!there) await placeIfAbsent(join(dirname(path), '.writing'), path, await make(), 0o600);
    const why = await unfit(path);
    return why === undefined ? succeed(await readFile(path)) : failed('output-failed', `The key file ${path} cannot be used: ${why}.`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed('output-failed', `Cannot read or make the key file ${path}: ${fileTrouble(error)}.`);
  }
};
