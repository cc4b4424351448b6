import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ed25519Key, scanFolder, writeChain } from '../../../test/support/evidence.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { readPublicKey, type TrustedKey } from '../../reports/evidence/signature.ts';
import { verifyStoredEvidence } from '../../workflows/verify-evidence.ts';
import { createEvidenceFolder } from './evidence-folder.ts';
import { createEvidencePrefix } from './evidence-prefix.ts';

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
const unused = async () => failed('input-invalid', 'Not asked for by a verifier.');

/** Files as a store: two to a page, under a prefix of their own. */
const storeOf = (files: ReadonlyMap<string, Uint8Array>): ObjectStore => ({
  putIfAbsent: unused,
  temporaryUrl: unused,
  remove: unused,
  get: async (key) => {
    const body = files.get(key);
    if (!body) return failed('not-found', `There is no ${key}.`);
    return succeed({ object: { key, versionId: 'v1', sha256: sha256(body), size: body.length, contentType: '' }, body });
  },
  list: async (prefix, cursor = '') => {
    const later = [...files].filter(([key]) => key.startsWith(prefix) && key > cursor).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const page = later.slice(0, 2).map(([key, { length }]) => ({ key, size: length, versionId: 'v1' }));
    const last = page.at(-1);
    return succeed({ objects: page, ...(later.length > 2 && last ? { next: last.key } : {}) });
  },
});

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.failure.say);
  return result.value;
};

let folder: string;
let trusted: TrustedKey;
const files = new Map<string, Uint8Array>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-evidence-source-'));
  const key = ed25519Key();
  await writeChain(folder, [key, key]);
  trusted = must(readPublicKey(key.pem, 'key.pem'));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(`evidence/${path.slice(folder.length + 1)}`, await readFile(path));
  }
  files.set('evidence-of-others/note.txt', Buffer.from('not ours'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a prefix says of evidence what a folder says of it', async () => {
  const [stored, downloaded] = [createEvidencePrefix(storeOf(files), 'evidence'), createEvidenceFolder(folder)];
  const listed = must(await stored.list());
  expect(listed).toHaveLength(10);
  expect(listed).toEqual(must(await downloaded.list()));
  const path = `${scanFolder(1)}/report.pdf`;
  expect(await stored.digest(path)).toEqual(await downloaded.digest(path));
  expect(Buffer.from(must(await stored.read(path, 4)))).toEqual(must(await downloaded.read(path, 4)));
  const [one, two] = await Promise.all(
    [stored, downloaded].map((source) => verifyStoredEvidence({ source, keys: [trusted], expected: { head: { sequence: 2 } } })),
  );
  expect(one).toEqual(two);
  expect(one).toMatchObject({ ok: true, value: { fits: true } });
});

it('a prefix shows a change, and hands on what the store fails with', async () => {
  const path = `${scanFolder(2)}/report.pdf`;
  const changed = new Map([...files, [`evidence/${path}`, Buffer.from('%PDF-1.7 of scan 9\n')]]);
  const verified = await verifyStoredEvidence({
    source: createEvidencePrefix(storeOf(changed), 'evidence/'),
    keys: [trusted],
    expected: {},
  });
  expect(verified).toMatchObject({ value: { problem: { code: 'artefact-changed', file: path } } });
  const gone = createEvidencePrefix(storeOf(new Map()), 'evidence');
  for (const answer of [await gone.read(path, 4), await gone.digest(path)])
    expect(answer).toMatchObject({ failure: { code: 'not-found' } });
  const broken = createEvidencePrefix({ ...storeOf(files), list: unused }, 'evidence');
  expect(await broken.list()).toMatchObject({ failure: { code: 'input-invalid' } });
});

it('a prefix that lists in circles is given up', async () => {
  const circle = { ...storeOf(files), list: async () => succeed({ objects: [], next: 'again' }) };
  expect(await createEvidencePrefix(circle, '').list()).toMatchObject({ failure: { code: 'answer-invalid' } });
});

describe('a folder', () => {
  it('does not follow a link that took the place of a file', async () => {
    const source = createEvidenceFolder(folder);
    await writeFile(join(folder, 'target'), 'x');
    await symlink('target', join(folder, 'link'));
    for (const answer of [await source.digest('link'), await source.read('link', 1)]) expect(answer).toMatchObject({ ok: false });
    expect(await source.digest('target')).toMatchObject({ ok: true });
    expect(await source.digest('projects')).toMatchObject({ failure: { say: /projects is no ordinary file any more/ } });
  });
});
