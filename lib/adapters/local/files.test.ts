import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileTrouble, readText, writeTogether, writeWhole } from './files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* breaksHalfWay() {
  yield 'first half';
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}

it('writes all files, and makes the folder', async () => {
  const answer = await writeTogether(join(folder, 'a', 'b'), [
    { name: 'one', content: ['1', Buffer.from('2')] },
    { name: 'two', content: ['x'] },
  ]);
  expect(answer.ok).toBe(true);
  expect(await readFile(join(folder, 'a/b/one'), 'utf8')).toBe('12');
  expect((await readdir(join(folder, 'a/b'))).toSorted()).toEqual(['one', 'two']);
});

it.runIf(process.platform === 'linux')('gives up where a file system takes no new folders', async () => {
  const answer = await writeTogether('/proc/gatehouse/reports', [{ name: 'one', content: ['1'] }]);
  expect(answer.ok ? '' : answer.failure.say).toMatch(/^Cannot write to \/proc\/gatehouse\/reports: .*\. Nothing was written\.$/);
});

it('leaves the folder as it was when one file breaks half-way', async () => {
  await writeFile(join(folder, 'one'), 'old');
  const answer = await writeTogether(folder, [
    { name: 'one', content: ['new'] },
    { name: 'two', content: breaksHalfWay() },
  ]);
  expect(answer).toMatchObject({ ok: false, failure: { code: 'output-failed' } });
  expect(answer.ok ? '' : answer.failure.say).toContain('the disk is full');
  expect(await readdir(folder)).toEqual(['one']);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('old');
});

it('keeps what was there under another name', async () => {
  await writeFile(join(folder, 'one'), 'old');
  await writeTogether(folder, [{ name: 'one', content: ['new'] }], [{ name: 'one', as: 'one.before' }]);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('new');
  expect(await readFile(join(folder, 'one.before'), 'utf8')).toBe('old');
});

it('takes the old name from what is kept and not written anew, so that nothing old stands beside the new', async () => {
  await writeFile(join(folder, 'report.pdf'), 'old');
  await writeTogether(folder, [{ name: 'report.json', content: ['new'] }], [{ name: 'report.pdf', as: 'report.before.pdf' }]);
  expect((await readdir(folder)).toSorted()).toEqual(['report.before.pdf', 'report.json']);
});

it('never overwrites what is kept', async () => {
  await writeFile(join(folder, 'one'), 'old');
  await writeFile(join(folder, 'one.before'), 'older');
  const answer = await writeTogether(folder, [{ name: 'one', content: ['new'] }], [{ name: 'one', as: 'one.before' }]);
  expect(answer.ok).toBe(false);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('old');
  expect(await readFile(join(folder, 'one.before'), 'utf8')).toBe('older');
});

it('touches nothing when a folder has the name of a file, and takes back the folders it made', async () => {
  await writeFile(join(folder, 'one'), 'old');
  await mkdir(join(folder, 'two'));
  const files = ['one', 'two'].map((name) => ({ name, content: ['new'] }));
  const answer = await writeTogether(folder, files);
  expect(answer.ok ? '' : answer.failure.say).toMatch(/two is there and is no ordinary file; move it away .*\. Nothing was written\.$/);
  expect(await readFile(join(folder, 'one'), 'utf8')).toBe('old');
  expect((await writeTogether(join(folder, 'a', 'b'), [{ name: 'one', content: breaksHalfWay() }])).ok).toBe(false);
  expect((await readdir(folder)).toSorted()).toEqual(['one', 'two']);
});

it('replaces no device, and no link to one', async () => {
  await symlink('/dev/null', join(folder, 'recording.json'));
  const answer = await writeWhole(join(folder, 'recording.json'), '{}');
  expect(answer.ok ? '' : answer.failure.say).toMatch(/recording\.json is there and is no ordinary file/);
});

it('takes back what it kept when the rest fails', async () => {
  await writeFile(join(folder, 'one'), 'old');
  await writeFile(join(folder, 'two'), 'old');
  await writeFile(join(folder, 'two.before'), 'older');
  const keep = ['one', 'two'].map((name) => ({ name, as: `${name}.before` }));
  expect((await writeTogether(folder, [{ name: 'one', content: ['new'] }], keep)).ok).toBe(false);
  expect((await readdir(folder)).toSorted()).toEqual(['one', 'two', 'two.before']);
});

it('says what to do when the folder is a file', async () => {
  await writeFile(join(folder, 'file'), '');
  const answer = await writeWhole(join(folder, 'file', 'report.json'), '{}');
  expect(answer.ok ? '' : answer.failure.say).toMatch(
    /Cannot write to .*file: (it is no folder|a file of that name).*; .*choose another place\. Nothing was written\.$/,
  );
});

it('says what is wrong with a file that cannot be read', async () => {
  await mkdir(join(folder, 'folder'));
  for (const [name, words] of [
    ['none', 'it does not exist; check the path'],
    ['folder', 'it is a folder, not a file; name a file'],
  ] as const) {
    const answer = await readText(join(folder, name), 'the waiver file');
    expect(answer.ok ? '' : answer.failure.say).toBe(`Cannot read the waiver file ${join(folder, name)}: ${words}.`);
  }
});

it.each([
  ['EACCES', 'permission is denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
])('has a sentence for %s', (code, words) => expect(fileTrouble(Object.assign(new Error('x'), { code }))).toContain(words));
