import { expect, it } from 'vitest';
import { dpkgFileLists } from './file-lists.ts';

const read = (path: string, text: string) => dpkgFileLists.read({ path, size: 0, mode: 0o644 }, new TextEncoder().encode(text));
const list = 'var/lib/dpkg/info/tool:amd64.list';

it.each([
  ['var/lib/dpkg/info/tool.list', true],
  [list, true],
  ['var/lib/dpkg/status.d/tool.md5sums', true],
  ['var/lib/dpkg/info/tool.md5sums', false],
  ['var/lib/dpkg/info/tool.postinst', false],
  ['usr/lib/dpkg/info/tool.list', false],
])('of %s it says whether it wants it: %s', (path, wanted) => {
  expect(dpkgFileLists.wants({ path, size: 0, mode: 0o644 })).toBe(wanted);
});

it('keeps programs and manifests, not folders, pages and libraries', () => {
  const files = [
    '/.',
    '/usr',
    '/usr/bin',
    '/usr/bin/tool',
    '/usr/lib',
    '/usr/lib/tool',
    '/usr/lib/tool/helper',
    '/usr/lib/tool/libx.so.1',
    '/usr/lib/python3/dist-packages/x-1.dist-info/METADATA',
    '/usr/lib/python3/dist-packages/y-1.egg-info',
    '/usr/share/nodejs/z/package.json',
    '/usr/share/java/z.jar',
    '/usr/share/doc/tool/copyright',
  ];
  expect(read(list, `${files.join('\n')}\n`)).toEqual({
    owned: [
      {
        package: 'tool',
        paths: [
          'usr/bin/tool',
          'usr/lib/python3/dist-packages/x-1.dist-info/METADATA',
          'usr/lib/python3/dist-packages/y-1.egg-info',
          'usr/lib/tool/helper',
          'usr/share/java/z.jar',
          'usr/share/nodejs/z/package.json',
        ],
      },
    ],
  });
});

it('names a program of a merged folder by both its paths', () => {
  expect(read(list, '/.\n/bin\n/bin/tool\n')).toEqual({ owned: [{ package: 'tool', paths: ['bin/tool', 'usr/bin/tool'] }] });
});

it('reads checksums where there is no list', () => {
  const sum = '0123456789abcdef0123456789abcdef';
  expect(read('var/lib/dpkg/status.d/base.md5sums', `${sum}  usr/bin/tool\n${sum}  usr/share/doc/base/copyright\n`)).toEqual({
    owned: [{ package: 'base', paths: ['usr/bin/tool'] }],
  });
});

it('says nothing of a list without programs, and that another cannot be read', () => {
  expect(read(list, '/.\n/usr\n/usr/share\n/usr/share/doc\n')).toBeUndefined();
  expect(read(list, '/usr/bin/tool\nnonsense\n')).toEqual({ unreadable: 'it has a line that names no file' });
  expect(read(list, '/usr/bin/\0')).toHaveProperty('unreadable');
});

it('gives up on a list that owns too much', () => {
  const folder = `/usr/bin/${'x'.repeat(4000)}/bin`;
  const text = Array.from({ length: 9000 }, (_, at) => `${folder}/${at}\n`).join('');
  expect(read(list, text)).toEqual({ unreadable: 'its packages own more files than any system has' });
});
