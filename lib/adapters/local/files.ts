import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, lstat, mkdir, open, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failed, type Result, succeed } from '../../core/failure.ts';

/** What went wrong with a file, and what to do, for the codes a user meets. */
const advice: Record<string, string> = {
  ENOENT: 'it does not exist; check the path',
  EACCES: 'permission is denied; choose a place you may write to, or change its permissions',
  EPERM: 'permission is denied; choose a place you may write to, or change its permissions',
  EROFS: 'the file system is read-only; choose another place',
  ENOSPC: 'the disk is full; free some space or choose another place',
  EDQUOT: 'the disk quota is used up; free some space or choose another place',
  ENOTDIR: 'it is no folder, or a part of its path is none; choose another place',
  EISDIR: 'it is a folder, not a file; name a file',
  EEXIST: 'a file of that name is in the way; move it away or choose another place',
  ENAMETOOLONG: 'the path is too long; choose a shorter one',
  EFBIG: 'the file would be larger than the system allows; choose another place',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** The reason a file operation failed, for a person. */
export const fileTrouble = (error: unknown): string => advice[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));

/** Reads a text file; `what` names it in the sentence of a failure, e.g. `the waiver file`. */
export const readText = async (path: string, what: string): Promise<Result<string>> => {
  try {
    return succeed(await readFile(path, 'utf8'));
  } catch (error) {
    return failed('input-invalid', `Cannot read ${what} ${path}: ${fileTrouble(error)}.`);
  }
};

export type Content = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Makes a folder and those above it, and answers which were new, outermost first. Not Node's own `recursive`: that never returns where a file system refuses new folders with
 * ENOENT, as /proc does, and says ENOENT of a file system that is read-only.
 */
const makeFolder = async (path: string): Promise<readonly string[]> => {
  try {
    await mkdir(path);
    return [path];
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return [];
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    const above = await makeFolder(dirname(path));
    await mkdir(path);
    return [...above, path];
  }
};

/** What is there under a name and must not be replaced: a folder, a device, a pipe, a link to something else. */
const obstacle = async (path: string): Promise<string | undefined> => {
  const there = await lstat(path).catch(() => undefined);
  return there && !there.isFile() ? `${path} is there and is no ordinary file; move it away or choose another place` : undefined;
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
  const inFolder = (name: string) => join(folder, name);
  const temporary = files.map(({ name }) => inFolder(`${name}${mark}`));
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const made of await makeFolder(resolve(folder))) undo.unshift(() => rmdir(made));
    for (const { name } of files) {
      const inTheWay = await obstacle(inFolder(name));
      if (inTheWay !== undefined) throw new Error(inTheWay);
    }
    for (const [index, { content }] of files.entries()) {
      const path = temporary[index] as string;
      undo.unshift(() => rm(path, { force: true }));
      await pipeline(Readable.from(content), createWriteStream(path, { flags: 'wx' }));
      await flush(path);
    }
    // a link, not a move: until the new file takes the name, the old one keeps it
    for (const { name, as } of keep) {
      await link(inFolder(name), inFolder(as));
      undo.unshift(() => rm(inFolder(as), { force: true }));
    }
    for (const [index, { name }] of files.entries()) await rename(temporary[index] as string, inFolder(name));
    for (const { name } of keep) if (!files.some((file) => file.name === name)) await rm(inFolder(name));
    return succeed(undefined);
  } catch (error) {
    for (const step of undo) await step().catch(() => undefined);
    return failed('output-failed', `Cannot write to ${folder}: ${fileTrouble(error)}. Nothing was written.`);
  }
};

/** Writes one file whole or not at all. */
export const writeWhole = (path: string, content: string): Promise<Result<void>> =>
  writeTogether(dirname(path), [{ name: basename(path), content: [content] }]);
