import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, mkdtemp, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { fileTrouble } from '../files.ts';
import { hasCode } from '../place-file.ts';
import { filesOf } from './files-of.ts';
import {
  type BackupFile,
  type BackupManifest,
  type BackupSummary,
  databaseName,
  type FolderNames,
  manifestName,
  summaryOf,
} from './format.ts';
import { examineDatabase, takeSnapshot } from './snapshot.ts';

export interface BackupOptions {
  /** The data folder. */
  readonly data: string;
  /** The file to write. */
  readonly out: string;
  readonly names: FolderNames;
  /** Version of Gatehouse. */
  readonly tool: string;
  /** ISO time. */
  readonly now: string;
  readonly signal: AbortSignal;
}

const ownerOnly = 0o700;

/** Packs one file as it is now, and answers what it was; nothing when it is gone. */
const packFile = async (archive: Pack, path: string, from: string): Promise<BackupFile | undefined> => {
  const handle = await open(from, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    // a file that is replaced meanwhile stays the one that was opened
    const about = await handle.stat();
    const mode = about.mode & ownerOnly;
    const hash = createHash('sha256');
    const entry = archive.entry({ name: path, size: about.size, mode, mtime: about.mtime });
    await pipeline(
      handle.createReadStream({ autoClose: false, ...(about.size > 0 ? { end: about.size - 1 } : {}) }),
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece);
          yield piece;
        }
      },
      entry,
    );
    return { path, size: about.size, sha256: hash.digest('hex'), mode };
  } finally {
    await handle.close();
  }
};

const packText = async (archive: Pack, name: string, text: string): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  archive.entry({ name, mode: 0o600 }, text, (error) => (error ? reject(error) : resolve()));
  await promise;
};

/** What goes into a backup. */
interface Prepared {
  readonly schema: number;
  readonly named: readonly string[];
  readonly paths: readonly string[];
}

/**
 * The order makes it consistent. Evidence is listed first, then comes one moment of the database, then the evidence that it names joins what was listed: all that the records name is there, and no sealed
 * manifest is of which the database does not know. Evidence never changes. Secrets and keys come last: those of then, or newer ones.
 */
const prepare = async ({ data, names }: BackupOptions, snapshot: string): Promise<Result<Prepared>> => {
  const evidence = await filesOf(data, names.objects);
  await takeSnapshot(data, snapshot);
  const facts = examineDatabase(snapshot, names);
  if (!facts.ok) return facts;
  const others = (await filesOf(data)).filter((path) => !path.startsWith(`${names.objects}/`));
  return succeed({ ...facts.value, paths: [...[...new Set([...evidence, ...facts.value.named])].toSorted(), ...others.toSorted()] });
};

const packAll = async (archive: Pack, { data, tool, now }: BackupOptions, prepared: Prepared, snapshot: string): Promise<BackupSummary> => {
  const files: BackupFile[] = [];
  const add = async (path: string, from: string): Promise<void> => {
    const file = await packFile(archive, path, from);
    if (file) files.push(file);
  };
  await add(databaseName, snapshot);
  for (const path of prepared.paths) await add(path, join(data, path));
  const manifest: BackupManifest = { format: 'gatehouse-backup', version: 1, createdAt: now, tool, schema: prepared.schema, files };
  await packText(archive, manifestName, `${JSON.stringify(manifest)}\n`);
  archive.finalize();
  return summaryOf(manifest, prepared.named);
};

/** Flushes a finished archive and gives it its name. */
const place = async (archive: string, out: string): Promise<void> => {
  const handle = await open(archive, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(archive, out);
};

const write = async (options: BackupOptions, workshop: string): Promise<Result<BackupSummary>> => {
  const [path, snapshot] = [join(workshop, 'archive'), join(workshop, 'snapshot')];
  const prepared = await prepare(options, snapshot);
  if (!prepared.ok) return prepared;
  const archive = pack();
  const filling = packAll(archive, options, prepared.value, snapshot).catch((error: Error) => {
    archive.destroy(error);
    throw error;
  });
  const written = pipeline(archive, createGzip(), createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal: options.signal });
  const [summary] = await Promise.all([filling, written]);
  await place(path, options.out);
  return succeed(summary);
};

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const examine = async ({ data, out }: BackupOptions): Promise<Result<void>> => {
  if (!(await isThere(join(data, databaseName))))
    return failed('input-invalid', `There is no data of Gatehouse in ${data}; name the folder with --data.`);
  if (await isThere(out)) return failed('output-failed', `${out} is there already, and a backup replaces nothing; choose another name.`);
  const inside = `${await realpath(dirname(resolve(out)))}${sep}`.startsWith(`${await realpath(data)}${sep}`);
  return inside
    ? failed('output-failed', `${out} is in the data folder itself; choose a place outside, best on another disk.`)
    : succeed(undefined);
};

/** Writes everything in a data folder into one file that only its owner can read, whole or not at all, while the service runs. */
export const writeBackup = async (options: BackupOptions): Promise<Result<BackupSummary>> => {
  let workshop: string | undefined;
  try {
    const examined = await examine(options);
    if (!examined.ok) return examined;
    workshop = await mkdtemp(join(dirname(resolve(options.out)), `.${basename(options.out)}.part-`));
    return await write(options, workshop);
  } catch (error) {
    if (options.signal.aborted) return failed('cancelled', 'Stopped; no backup was written.');
    return failed('output-failed', `Cannot write the backup ${options.out}: ${fileTrouble(error)}. Nothing was written.`);
  } finally {
    if (workshop !== undefined) await rm(workshop, { recursive: true, force: true });
  }
};
