import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { openFileObjects } from './file-objects.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-objects-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const options = { now: () => '2026-11-27T12:00:00.000Z', downloads: { baseUrl: 'http://127.0.0.1', secret: Buffer.alloc(32) } };
const open = async () => must(await openFileObjects(folder, options));
const text = { contentType: 'text/plain' };
const workshop = () => readdir(join(folder, 'writing'));

/** A process that writes objects of 8 MB, one after the other, and says when each is done. */
const writer = `
  import { openFileObjects } from '${import.meta.resolve('./file-objects.ts')}';
  const opened = await openFileObjects(process.argv[1], { now: () => '2026-11-27T12:00:00.000Z', downloads: { baseUrl: '', secret: new Uint8Array(32) } });
  for (let at = 0; ; at += 1) {
    const answer = await opened.value.putIfAbsent('large/' + at, Buffer.alloc(8_000_000, String(at)), { contentType: 'text/plain' });
    if (!answer.ok) throw new Error(answer.failure.say);
    console.log(at);
  }`;

it('has whole objects or none after a writer was killed, and sweeps what it left', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  // killed in the middle of a write: there is a temporary file at this moment
  while ((await workshop()).length === 0) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = await open();
  expect(await workshop()).toEqual([]);
  const { objects } = must(await store.list('large/'));
  expect(objects.length).toBeGreaterThan(0);
  for (const { key, versionId, size } of objects) {
    expect(size).toBe(8_000_000);
    expect(codeOf(await store.get(key, { versionId }))).toBe('ok');
  }
  // the step that was cut off is repeated
  const next = `large/${objects.length}`;
  expect(codeOf(await store.putIfAbsent(next, Buffer.alloc(8_000_000, String(objects.length)), text))).toBe('ok');
}, 30_000);

it('leaves the temporary files of writers that live, and of other hosts for a day', async () => {
  await mkdir(join(folder, 'writing'));
  const { hostname } = await import('node:os');
  const file = async (name: string, ageSeconds: number) => {
    const path = join(folder, 'writing', name);
    await writeFile(path, 'half');
    const at = Date.now() / 1000 - ageSeconds;
    await utimes(path, at, at);
  };
  await file(`${hostname()}~${process.ppid}~parent`, 3600);
  await file(`${hostname()}~${process.pid}~mine`, 0);
  await file(`${hostname()}~${process.pid}~of-one-before-me`, process.uptime() + 60);
  await file('elsewhere~1~young', 3600);
  await file('elsewhere~1~old', 25 * 3600);
  await open();
  expect((await workshop()).toSorted()).toEqual(
    ['elsewhere~1~young', `${hostname()}~${process.pid}~mine`, `${hostname()}~${process.ppid}~parent`].toSorted(),
  );
});

it('is a folder of plain files that nobody changes by accident', async () => {
  const { key } = must(await (await open()).putIfAbsent('projects/p/report.txt', Buffer.from('evidence'), text));
  expect(await readFile(join(folder, 'objects', key), 'utf8')).toBe('evidence');
  expect((await stat(join(folder, 'objects', key))).mode & 0o777).toBe(0o400);
  expect((await stat(join(folder, 'objects', 'projects'))).mode & 0o777).toBe(0o700);
});

it('says that a file was changed behind its back', async () => {
  const store = await open();
  const object = must(await store.putIfAbsent('report.txt', Buffer.from('evidence'), text));
  const path = join(folder, 'objects', 'report.txt');
  await chmod(path, 0o600);
  await writeFile(path, 'forgery!');
  for (const version of [undefined, object, { versionId: object.versionId }]) {
    const answer = await store.get('report.txt', version);
    expect(codeOf(answer)).toBe('answer-invalid');
    expect(sayOf(answer)).toBe(
      'The object does not hold the bytes that were written. Restore it from a copy, and find out who changed it.',
    );
  }
});

it('does not let the bytes of a refused writer vouch for a forgery', async () => {
  const store = await open();
  must(await store.putIfAbsent('report.txt', Buffer.from('evidence'), text));
  expect(codeOf(await store.putIfAbsent('report.txt', Buffer.from('forgery!'), text))).toBe('conflict');
  await chmod(join(folder, 'objects', 'report.txt'), 0o600);
  await writeFile(join(folder, 'objects', 'report.txt'), 'forgery!');
  expect(codeOf(await store.get('report.txt'))).toBe('answer-invalid');
});

it('cannot be an object and a folder of objects at once', async () => {
  const store = await open();
  must(await store.putIfAbsent('a/b', Buffer.from('1'), text));
  must(await store.putIfAbsent('c', Buffer.from('1'), text));
  expect(sayOf(await store.putIfAbsent('a', Buffer.from('1'), text))).toMatch(/folder of objects has this name/);
  expect(codeOf(await store.putIfAbsent('c/d', Buffer.from('1'), text))).toBe('conflict');
  expect(must(await store.list('')).objects.map(({ key }) => key)).toEqual(['a/b', 'c']);
});

it('keeps the retention of the first writer', async () => {
  const store = await open();
  const object = must(await store.putIfAbsent('a', Buffer.from('1'), { ...text, retainUntil: '2026-11-28T00:00:00.000Z' }));
  must(await store.putIfAbsent('a', Buffer.from('1'), { contentType: 'text/html', retainUntil: '2026-11-01T00:00:00.000Z' }));
  expect(codeOf(await store.remove(object))).toBe('permission-missing');
  expect(must(await store.get('a')).object.contentType).toBe('text/plain');
});

it('says why a folder cannot hold objects', async () => {
  await writeFile(join(folder, 'writing'), 'a file');
  const store = await open();
  expect(codeOf(await store.putIfAbsent('a', Buffer.from('1'), text))).not.toBe('ok');
});
