import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import type { ObjectStore, PutOptions, StoredObject } from '../../ports/object-store.ts';
import {
  alteredBytes,
  badKey,
  examineDownload,
  examinePut,
  foreignCursor,
  isObjectKey,
  isPrefix,
  listCursor,
  noObject,
  otherBytes,
  readListCursor,
  sha256Of,
  stillRetained,
} from '../rules/objects.ts';
import { downloadPath } from './download-link.ts';
import { fileTrouble } from './files.ts';
import { keysUnder } from './object-walk.ts';
import { hasCode, placeIfAbsent, sweepWorkshop } from './place-file.ts';

export interface FileObjectsOptions {
  /** ISO time. */
  now(): string;
  /** Where downloads are served (`downloadPath` goes after it), and the secret that signs links. */
  readonly downloads: { readonly baseUrl: string; readonly secret: Uint8Array };
  /** Objects per page of a list; default 1000, as in S3. */
  readonly pageSize?: number;
}

/** What a file cannot say of itself. */
const About = z.object({ contentType: z.string(), retainUntil: z.string().optional() });
type About = z.infer<typeof About>;

const unlessMissing = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return undefined;
    throw error;
  }
};

const orFileTrouble = async <T>(what: string, work: () => Promise<Result<T>>): Promise<Result<T>> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return failed('output-failed', `Cannot ${what}: ${fileTrouble(error)}.`);
  }
};

/**
 * Objects in a folder. `objects/<key>` is the plain file, so that people and auditors read and hash it with any tool; its version is its SHA-256. What a file cannot say of itself lies beside, in
 * `about/<key>~<version>`, and is written first: the link to `objects/<key>` is the one moment at which an object comes to be. A writer that loses leaves at most an `about` that no object has.
 */
export const openFileObjects = async (folder: string, options: FileObjectsOptions): Promise<Result<ObjectStore>> => {
  const workshop = join(folder, 'writing');
  const bodies = join(folder, 'objects');
  const bodyPath = (key: string): string => join(bodies, key);
  const aboutPath = (key: string, versionId: string): string => join(folder, 'about', `${key}~${versionId}`);

  const readBody = (key: string): Promise<Buffer | undefined> => unlessMissing(readFile(bodyPath(key)));
  const readAbout = async (key: string, versionId: string): Promise<About | undefined> => {
    const text = /^[0-9a-f]{64}$/.test(versionId) ? await unlessMissing(readFile(aboutPath(key, versionId), 'utf8')) : undefined;
    return text === undefined ? undefined : About.parse(JSON.parse(text));
  };

  /** The object as it is, `undefined` when there is none, a failure when the file is not the one that was written. */
  const read = async (
    key: string,
  ): Promise<Result<{ readonly object: StoredObject; readonly body: Buffer; readonly about: About } | undefined>> => {
    const body = await readBody(key);
    if (!body) return succeed(undefined);
    const sha256 = sha256Of(body);
    const about = await readAbout(key, sha256);
    if (!about) return alteredBytes;
    return succeed({ object: { key, versionId: sha256, sha256, size: body.length, contentType: about.contentType }, body, about });
  };

  const existing = async (key: string, sha256: string): Promise<Result<StoredObject>> => {
    const found = await read(key);
    if (!found.ok) return found;
    if (!found.value) return failed('conflict', 'A folder of objects has this name already. Use another key.');
    return found.value.object.sha256 === sha256 ? succeed(found.value.object) : otherBytes;
  };

  const putIfAbsent = async (key: string, body: Uint8Array, { contentType, retainUntil }: PutOptions): Promise<Result<StoredObject>> => {
    const sha256 = sha256Of(body);
    const about = JSON.stringify({ contentType, retainUntil });
    await placeIfAbsent(workshop, aboutPath(key, sha256), Buffer.from(about), 0o400);
    if (await placeIfAbsent(workshop, bodyPath(key), body, 0o400)) {
      return succeed({ key, versionId: sha256, sha256, size: body.length, contentType });
    }
    const there = await existing(key, sha256);
    // what these other bytes would have been must not vouch for the file that is there
    if (!there.ok) await rm(aboutPath(key, sha256), { force: true });
    return there;
  };

  /** Versions of the objects in one folder, from the names of their `about` files, so that a list reads no bodies; a name with several (losers that were killed) is not in it. */
  const versionsIn = async (above: string): Promise<ReadonlyMap<string, string>> => {
    const names = (await unlessMissing(readdir(join(folder, 'about', above)))) ?? [];
    const versions = Map.groupBy(
      names.filter((name) => name.includes('~')),
      (name) => name.split('~')[0] ?? '',
    );
    return new Map([...versions].flatMap(([name, all]) => (all.length === 1 ? [[name, all[0]?.split('~')[1] ?? '']] : [])));
  };

  const page = async (prefix: string, after: string) => {
    const { pageSize = 1000 } = options;
    const objects: Pick<StoredObject, 'key' | 'size' | 'versionId'>[] = [];
    let versions: { readonly above: string; readonly byName: ReadonlyMap<string, string> } | undefined;
    for await (const key of keysUnder(bodies, prefix, after)) {
      if (objects.length === pageSize) return { objects, next: listCursor(prefix, [objects.at(-1)?.key ?? '']) };
      const above = dirname(key);
      if (versions?.above !== above) versions = { above, byName: await versionsIn(above) };
      const size = (await unlessMissing(stat(bodyPath(key))))?.size;
      const versionId = versions.byName.get(basename(key)) ?? sha256Of((await readBody(key)) ?? new Uint8Array());
      // removed since the folder was read
      if (size !== undefined) objects.push({ key, size, versionId });
    }
    return { objects };
  };

  const remove = async ({ key, versionId }: Pick<StoredObject, 'key' | 'versionId'>): Promise<Result<void>> => {
    const about = await readAbout(key, versionId);
    const body = await readBody(key);
    if (!about || !body || sha256Of(body) !== versionId) return succeed(undefined);
    if (about.retainUntil !== undefined && (readTime(about.retainUntil) ?? 0) > (readTime(options.now()) ?? 0)) return stillRetained;
    await rm(bodyPath(key), { force: true });
    await rm(aboutPath(key, versionId), { force: true });
    return succeed(undefined);
  };

  const store: ObjectStore = {
    putIfAbsent: async (key, body, put) => {
      const examined = examinePut(key, put);
      return examined.ok ? orFileTrouble(`write the object ${key}`, () => putIfAbsent(key, body, put)) : examined;
    },
    get: async (key, version = {}) => {
      if (!isObjectKey(key)) return badKey;
      return orFileTrouble(`read the object ${key}`, async () => {
        const found = await read(key);
        if (!found.ok) return found;
        const { object, body } = found.value ?? {};
        if (!object || !body || (version.versionId !== undefined && version.versionId !== object.versionId)) return noObject;
        return version.sha256 !== undefined && version.sha256 !== object.sha256 ? alteredBytes : succeed({ object, body });
      });
    },
    list: async (prefix, cursor) => {
      if (!isPrefix(prefix)) return badKey;
      const position = cursor === undefined ? [''] : readListCursor(prefix, cursor);
      if (!position) return foreignCursor;
      return orFileTrouble('list the objects', async () => succeed(await page(prefix, position[0] ?? '')));
    },
    temporaryUrl: async (object, download) => {
      const examined = examineDownload(object.key, download);
      if (!examined.ok) return examined;
      const { baseUrl, secret } = options.downloads;
      return succeed(baseUrl.replace(/\/$/, '') + downloadPath(secret, object, download, options.now()));
    },
    remove: async (object) =>
      isObjectKey(object.key) ? orFileTrouble(`remove the object ${object.key}`, () => remove(object)) : succeed(undefined),
  };
  return orFileTrouble(`open the objects in ${folder}`, async () => {
    await sweepWorkshop(workshop);
    return succeed(store);
  });
};
