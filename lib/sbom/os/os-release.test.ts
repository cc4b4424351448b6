import { expect, it } from 'vitest';
import { osRelease } from './os-release.ts';

const read = (text: string) => osRelease.read({ path: 'etc/os-release', size: 0, mode: 0o644 }, new TextEncoder().encode(text));

it('wants both places of the file and nothing else', () => {
  const wants = (path: string) => osRelease.wants({ path, size: 1, mode: 0o644 });
  expect(['etc/os-release', 'usr/lib/os-release', 'opt/etc/os-release', 'etc/lsb-release'].map(wants)).toEqual([true, true, false, false]);
});

it('reads what the image is', () => {
  const text =
    '# a comment\nPRETTY_NAME="Test Linux 9 (Nine)"\nNAME="Test Linux"\nVERSION_ID="9.2"\nID=test\nID_LIKE="first  second"\nVERSION_CODENAME=nine\n';
  expect(read(text)).toEqual({
    os: { id: 'test', versionId: '9.2', like: ['first', 'second'], name: 'Test Linux 9 (Nine)', codename: 'nine' },
  });
});

it('leaves out what a rolling distribution does not say, and takes the default id', () => {
  expect(read('NAME=Rolling\nVERSION_ID=\n')).toEqual({ os: { id: 'linux', name: 'Rolling' } });
});

it.each([
  [`'single $x \\ "'`, 'single $x \\ "'],
  ['"double \\"quoted\\" \\$5 \\\\ \\`x\\` \\n"', 'double "quoted" $5 \\ `x` \\n'],
  ['plain\\ with\\ escapes', 'plain with escapes'],
  ['"never closed', 'never closed'],
  ['"closed" # and a rest', 'closed'],
])('takes the quotes off %s', (raw, value) => {
  expect(read(`ID=x\r\nPRETTY_NAME=${raw}  \r\n`)).toEqual({ os: { id: 'x', name: value } });
});

it('takes the last assignment, and leaves out lines that are none', () => {
  expect(read('ID=one\nnonsense\nID=two\n')).toEqual({ os: { id: 'two' } });
});

it('says nothing of an empty file, and that another cannot be read', () => {
  expect(read('\n \n')).toBeUndefined();
  expect(read('no assignment here\n')).toHaveProperty('unreadable');
  expect(read('ID=x\0\n')).toHaveProperty('unreadable');
});

it('is not held up by a line of spaces', () => {
  expect(read(`ID=x${' '.repeat(500_000)}y\nNAME=n\n`)).toHaveProperty('os.name', 'n');
});
