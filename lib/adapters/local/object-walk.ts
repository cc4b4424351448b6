import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './place-file.ts';

/** Entries of a folder; none when it is gone. */
const entriesOf = async (folder: string) => {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
};

/**
 * Keys of the files under a folder that begin with `prefix` and come after `after`, in the order of whole keys, folder by folder, so that a page costs no more than the folders it touches. A folder
 * sorts as its name with `/`: `a-b` comes before `a/b`, as it does in S3.
 */
export async function* keysUnder(root: string, prefix: string, after: string, above = ''): AsyncGenerator<string> {
  const entries = await entriesOf(join(root, above));
  const names = entries
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted((one, other) => (one < other ? -1 : 1));
  for (const name of names) {
    const key = above + name;
    if (!name.endsWith('/')) {
      if (key.startsWith(prefix) && key > after) yield key;
      continue;
    }
    const mayMatch = key.startsWith(prefix) || prefix.startsWith(key);
    const mayFollow = key > after || after.startsWith(key);
    if (mayMatch && mayFollow) yield* keysUnder(root, prefix, after, key);
  }
}
