import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

const host = hostname().replaceAll(/[^A-Za-z0-9.-]/g, '_');
const dayMs = 24 * 3600 * 1000;

/** Whether a file operation failed with that code. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** Makes sure that a new name survives a power cut: names are the folder's data. */
const flushFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes a folder and those above it, so that they survive a power cut, too. */
const makeFolder = async (folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await flushFolder(dirname(made));
};

/** Writes a whole file under a temporary name that says who is writing. */
const writeTemporary = async (workshop: string, bytes: Uint8Array, mode: number): Promise<string> => {
  await makeFolder(workshop);
  const path = join(workshop, `${host}~${process.pid}~${randomUUID()}`);
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return path;
};

/** Puts a file in its place if there is none: whole and on disk, or not at all. Answers whether it did; `workshop` is a folder of the same file system. */
export const placeIfAbsent = async (workshop: string, path: string, bytes: Uint8Array, mode: number): Promise<boolean> => {
  const temporary = await writeTemporary(workshop, bytes, mode);
  try {
    await makeFolder(dirname(path));
    await link(temporary, path);
    await flushFolder(dirname(path));
    return true;
  } catch (error) {
    // a file where a folder should be is in the way as well
    if (!hasCode(error, 'EEXIST', 'ENOTDIR')) throw error;
    return false;
  } finally {
    await rm(temporary, { force: true });
  }
};

/** Puts a file in its place, also when there is one: readers see the old one or the new one, whole. */
export const placeOver = async (workshop: string, path: string, bytes: Uint8Array, mode: number): Promise<void> => {
  const temporary = await writeTemporary(workshop, bytes, mode);
  try {
    await makeFolder(dirname(path));
    await rename(temporary, path);
    await flushFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
};

/**
 * Whether the writer of a temporary file is gone. A process of another host (a container that shares the folder) cannot be asked: its files are left for a day. In a container
 * every process may have our number: then a file older than we are is that of one before us.
 */
const isLeftOver = (name: string, modifiedMs: number): boolean => {
  const [writerHost, pid] = name.split('~');
  if (writerHost !== host) return Date.now() - modifiedMs > dayMs;
  if (Number(pid) === process.pid) return modifiedMs < Date.now() - process.uptime() * 1000;
  return !isRunning(Number(pid));
};

/** Removes what killed writers left in a workshop, and answers how many files that were. */
export const sweepWorkshop = async (workshop: string): Promise<number> => {
  let swept = 0;
  for (const name of await readdir(workshop).catch(() => [])) {
    const path = join(workshop, name);
    // another process may sweep, too
    const about = await stat(path).catch(() => undefined);
    if (!about?.isFile() || !isLeftOver(name, about.mtimeMs)) continue;
    await rm(path, { force: true });
    swept += 1;
  }
  return swept;
};
