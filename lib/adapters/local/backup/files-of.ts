import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../place-file.ts';
import { databaseName } from './format.ts';

/** Half-written files of whoever writes now, the database's companions, and the lock of the engine. */
const isPassing = (name: string): boolean => name === 'writing' || name === '.writing';
const isOfDatabase = (path: string): boolean => path === databaseName || path.startsWith(`${databaseName}-`);

/** Paths of the files under a folder that belong into a backup, relative to `root`; none when it is not there. */
export const filesOf = async (root: string, above = ''): Promise<string[]> => {
  const entries = await readdir(join(root, above), { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = above === '' ? entry.name : `${above}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isPassing(entry.name)) for (const one of await filesOf(root, path)) found.push(one);
    } else if (entry.isFile() && !isOfDatabase(path)) found.push(path);
  }
  return found;
};
