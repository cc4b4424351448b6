import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failed, type Result, succeed } from '../../core/failure.ts';

/** What went wrong with a file, and what to do, for the codes a user meets. */
const advice: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission is denied; choose a place you may write to, or change its permissions',
  EPERM: 'permission is denied; choose a place you may write to, or change its permissions',
  EROFS: 'the file system is read-only; choose another place',
  ENOSPC: 'the disk is full; free some space or choose another place',
  EDQUOT: 'the disk quota is used up; free some space or choose another place',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'a file of that name is in the way',
  ENAMETOOLONG: 'the path is too long',
  EFBIG: 'the file would be larger than the system allows',
};

/** The reason a file operation failed, for a person. */
export const fileTrouble = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return advice[code] ?? (error instanceof Error ? error.message : String(error));
};

/** Reads a text file; `what` names it in the sentence of a failure, e.g. `the waiver file`. */
export const readText = async (path: string, what: string): Promise<Result<string>> => {
  try {
    return succeed(await readFile(path, 'utf8'));
  } catch (error) {
    return failed('input-invalid', `Cannot read ${what} ${path}: ${fileTrouble(error)}.`);
  }
};

export type Content = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

/**
 * Makes a folder and those above it. Not Node's own `recursive`: that never returns where a file system refuses new folders with ENOENT, as /proc does.
 */
const makeFolder = async (path: string): Promise<void> => {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return;
    const isParentMissing = hasCode(error, 'ENOENT') && (await stat(dirname(path)).catch(() => undefined)) === undefined;
    if (!isParentMissing || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
};

const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Writes several files of one folder whole or not at all: everything goes to temporary names first, and only when all of it is on disk are the names
 * exchanged. `keep` maps files that are already there to the names under which they stay beside the new ones; their old names go, or pass to the new files. On failure the folder is as it was.
 */
export const writeTogether = async (
  folder: string,
  files: readonly { readonly name: string; readonly content: Content }[],
  keep: readonly { readonly name: string; readonly as: string }[] = [],
): Promise<Result<void>> => {
  const mark = `.${randomUUID()}.part`;
  const temporary = files.map(({ name }) => join(folder, `${name}${mark}`));
  try {
    await makeFolder(folder);
    for (const [index, { content }] of files.entries()) {
      const path = temporary[index] as string;
      await pipeline(Readable.from(content), createWriteStream(path, { flags: 'wx' }));
      await flush(path);
    }
    // a link, not a move: until the new file takes the name, the old one keeps it
    for (const { name, as } of keep) await link(join(folder, name), join(folder, as));
    for (const [index, { name }] of files.entries()) await rename(temporary[index] as string, join(folder, name));
    for (const { name } of keep) if (!files.some((file) => file.name === name)) await rm(join(folder, name));
    return succeed(undefined);
  } catch (error) {
    await Promise.allSettled(temporary.map((path) => rm(path, { force: true })));
    return failed('output-failed', `Cannot write to ${folder}: ${fileTrouble(error)}. Nothing was written.`);
  }
};

/** Writes one file whole or not at all. */
export const writeWhole = (path: string, content: string): Promise<Result<void>> =>
  writeTogether(dirname(path), [{ name: basename(path), content: [content] }]);
