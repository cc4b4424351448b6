import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { EvidenceFile, EvidenceSource } from '../../ports/evidence-source.ts';
import { shown } from '../../reports/evidence/verification.ts';
import { fileTrouble } from './files.ts';

/** Evidence of more files than this is verified in parts. */
const mostFiles = 2_000_000;

/** A reason that is already a sentence. */
class Refusal extends Error {}

const trouble = (path: string, error: unknown) =>
  failed('input-invalid', error instanceof Refusal ? error.message : `Cannot read the evidence at ${shown(path)}: ${fileTrouble(error)}.`);

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

/** Lists depth first; follows nothing. */
const walk = async (root: string, below: string, files: EvidenceFile[]): Promise<void> => {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries.toSorted(byName)) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) await walk(root, `${path}/`, files);
    else if (entry.isFile()) files.push({ path, size: (await lstat(join(root, path))).size });
    else throw new Refusal(`${shown(path)} is no ordinary file; evidence has none such: copy it anew, without links and devices.`);
    if (files.length > mostFiles) throw new Refusal(`There are more than ${mostFiles} files here; verify a folder further down.`);
  }
};

/** Opens an ordinary file and does something with it; a link that took its place since it was listed is not followed. */
const within = async <T>(root: string, path: string, use: (handle: FileHandle) => Promise<T>): Promise<Result<T>> => {
  try {
    // without O_NONBLOCK, opening a pipe would wait for ever
    const handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!(await handle.stat()).isFile()) throw new Refusal(`${shown(path)} is no ordinary file any more; copy the evidence anew.`);
      return succeed(await use(handle));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return trouble(path, error);
  }
};

const hashOf = async (handle: FileHandle): Promise<{ readonly sha256: string; readonly size: number }> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of handle.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    size += piece.length;
  }
  return { sha256: hash.digest('hex'), size };
};

const firstBytes = async (handle: FileHandle, most: number): Promise<Uint8Array> => {
  const pieces: Buffer[] = [];
  for await (const piece of handle.createReadStream({ autoClose: false, end: most - 1 }) as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** A folder that evidence was downloaded to. The folder itself may be reached through a link; below it there must be none. */
export const createEvidenceFolder = (folder: string): EvidenceSource => ({
  list: async () => {
    const files: EvidenceFile[] = [];
    try {
      await walk(await realpath(folder), '', files);
      return succeed(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
    } catch (error) {
      return trouble(folder, error);
    }
  },
  read: (path, most) => within(folder, path, (handle) => firstBytes(handle, most)),
  digest: (path) => within(folder, path, hashOf),
});
