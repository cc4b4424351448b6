import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { fileTrouble } from '../files.ts';
import { migrations } from '../migrations.ts';
import { hasCode } from '../place-file.ts';
import { type BackupFile, BackupManifest, type BackupSummary, databaseName, type FolderNames, manifestName, summaryOf } from './format.ts';
import { examineDatabase } from './snapshot.ts';

export interface RestoreOptions {
  /** The backup. */
  readonly file: string;
  /** The folder to make. */
  readonly data: string;
  readonly names: FolderNames;
  readonly signal: AbortSignal;
}

/** A backup that is not what was written. */
class Unfit extends Error {}
const isPath = (path: string): boolean =>
  path.length <= 1500 && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\0\\]/.test(part));

/** Unpacks one file, and answers what it was. */
const unpack = async (entry: AsyncIterable<unknown> & { readonly header: Header }, into: string): Promise<BackupFile> => {
  const { name: path, type, mode } = entry.header;
  if (type !== 'file' || !isPath(path)) throw new Unfit(`it holds ${JSON.stringify(path)}, which no backup has`);
  const to = join(into, path);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  const measured = async function* (pieces: AsyncIterable<unknown>) {
    for await (const piece of pieces as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  };
  await pipeline(entry, measured, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  await chmod(to, mode & 0o700);
  return { path, size, sha256: hash.digest('hex'), mode: mode & 0o700 };
};

const textOf = async (entry: AsyncIterable<unknown>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of entry as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};

const parseManifest = (written: string): BackupManifest => {
  try {
    return BackupManifest.parse(JSON.parse(written));
  } catch {
    throw new Unfit('its list of files cannot be read');
  }
};

/** What was unpacked must be what the manifest names, no more and no less. */
const compareAll = ({ files }: BackupManifest, unpacked: ReadonlyMap<string, BackupFile>): void => {
  for (const { path, size, sha256 } of files) {
    const there = unpacked.get(path);
    if (!there) throw new Unfit(`${path} is missing`);
    if (there.size !== size || there.sha256 !== sha256) throw new Unfit(`${path} is not the file that was backed up`);
  }
  if (unpacked.size !== files.length) throw new Unfit('it holds files that were not backed up');
};

const unpackAll = async ({ file, signal }: RestoreOptions, into: string): Promise<BackupManifest> => {
  const unpacked = new Map<string, BackupFile>();
  let manifest: BackupManifest | undefined;
  const entries = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), entries, { signal });
  const handling = (async () => {
    for await (const entry of entries) {
      if (manifest) throw new Unfit('something follows its end');
      if (entry.header.name === manifestName) manifest = parseManifest(await textOf(entry));
      else {
        const one = await unpack(entry, into);
        unpacked.set(one.path, one);
      }
    }
  })();
  // both have ended before anything is cleared away; what the files say of themselves tells more than how reading broke off
  const [read, handled] = await Promise.allSettled([reading, handling]);
  if (handled.status === 'rejected' && handled.reason instanceof Unfit) throw handled.reason;
  for (const one of [read, handled]) if (one.status === 'rejected') throw one.reason;
  if (!manifest) throw new Unfit('its end is missing');
  compareAll(manifest, unpacked);
  return manifest;
};

/** Whether an engine holds its lock on the folder. Asked of a lock file that is there only: to ask would make one. */
const isServed = (data: string): boolean => {
  const path = join(data, `${databaseName}-engine`);
  if (!existsSync(path)) return false;
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('BEGIN IMMEDIATE');
    return false;
  } catch {
    return true;
  } finally {
    lock.close();
  }
};

/** The real place of the folder to make: an empty one, or one that is not there. */
const target = async (data: string): Promise<Result<string>> => {
  const names = await readdir(data).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (names === undefined) return succeed(resolve(data));
  if (names.length === 0) return succeed(await realpath(data));
  return isServed(data)
    ? failed('conflict', `A server is running on ${data}. A backup is restored into a new folder: name one with --data, and serve that.`)
    : failed(
        'output-failed',
        `${data} is not empty, and restoring replaces nothing. Name a new folder with --data, or move that one away.`,
      );
};

const finish = async (into: string, data: string): Promise<void> => {
  await rename(into, data);
  const above = await open(dirname(data), 'r');
  try {
    await above.sync();
  } finally {
    await above.close();
  }
};

const newer = (schema: number) =>
  failed(
    'version-unsupported',
    `The backup was written by a newer Gatehouse (schema ${schema}; this one knows ${migrations.length}). Restore it with that version.`,
  );

const check = (manifest: BackupManifest, into: string, names: FolderNames): Result<BackupSummary> => {
  if (manifest.schema > migrations.length) return newer(manifest.schema);
  const facts = examineDatabase(join(into, databaseName), names);
  if (!facts.ok) return facts;
  if (facts.value.schema > migrations.length) return newer(facts.value.schema);
  return succeed(summaryOf(manifest, facts.value.named));
};

const trouble = ({ file, data, signal }: RestoreOptions, error: unknown) => {
  if (signal.aborted) return failed('cancelled', 'Stopped; nothing was restored.');
  if (error instanceof Unfit)
    return failed('answer-invalid', `The backup ${file} is not whole: ${error.message}. Nothing was restored; use another one.`);
  if (hasCode(error, 'EBUSY', 'EXDEV'))
    return failed(
      'output-failed',
      `${data} is a place where a disk is mounted, which cannot be exchanged for another folder. Name a folder in it with --data.`,
    );
  const isBroken =
    error instanceof Error && (hasCode(error, 'Z_DATA_ERROR', 'Z_BUF_ERROR') || /tar|end of data|end of file/i.test(error.message));
  return isBroken
    ? failed('answer-invalid', `The backup ${file} is not whole: it breaks off, or was changed. Nothing was restored; use another one.`)
    : failed('output-failed', `Cannot restore ${file}: ${fileTrouble(error)}. Nothing was restored.`);
};

/** Makes a data folder from a backup: every file proven against the backup's manifest, whole or not at all. */
export const readBackup = async (options: RestoreOptions): Promise<Result<BackupSummary>> => {
  let workshop: string | undefined;
  try {
    const data = await target(options.data);
    if (!data.ok) return data;
    workshop = await mkdtemp(join(dirname(data.value), `.${basename(data.value)}.part-`));
    const manifest = await unpackAll(options, workshop);
    const checked = check(manifest, workshop, options.names);
    if (checked.ok) await finish(workshop, data.value);
    return checked;
  } catch (error) {
    return trouble(options, error);
  } finally {
    if (workshop !== undefined) await rm(workshop, { recursive: true, force: true });
  }
};
