import { expect, it } from 'vitest';
import { apkInstalled } from './apk.ts';

const read = (text: string) => apkInstalled.read({ path: 'lib/apk/db/installed', size: 0, mode: 0o644 }, new TextEncoder().encode(text));
const entry = 'C:Q1sum=\nP:tool\nV:1.2-r3\nA:x86_64\nS:1\nL:MIT AND BSD-2-Clause\no:tools\nm:A <a@b.example>\n';

it('wants the database where apk keeps it', () => {
  const wants = (path: string) => apkInstalled.wants({ path, size: 0, mode: 0 });
  expect(['lib/apk/db/installed', 'usr/lib/apk/db/installed', 'lib/apk/db/triggers'].map(wants)).toEqual([true, true, false]);
});

it('reads packages with origin, licence and maintainer', () => {
  expect(read(`${entry}\nP:plain\nV:2-r0\n`)).toEqual({
    packages: [
      {
        type: 'apk',
        name: 'tool',
        version: '1.2-r3',
        source: { name: 'tools', version: '1.2-r3' },
        architecture: 'x86_64',
        licenses: ['MIT AND BSD-2-Clause'],
        supplier: 'A <a@b.example>',
      },
      { type: 'apk', name: 'plain', version: '2-r0', source: { name: 'plain', version: '2-r0' } },
    ],
  });
});

it('keeps the programs and manifests that a package owns', () => {
  const files =
    'F:\nR:init\nF:sbin\nM:0:0:755\nR:tool\na:0:0:755\nZ:Q1x=\nF:usr/lib/node_modules/x\nR:package.json\nZ:Q1y=\nF:usr/bin\nR:read-me\nZ:Q1z=\nR:last\na:0:0:4711\n';
  expect(read(entry + files)).toHaveProperty('owned', [
    { package: 'tool', paths: ['sbin/tool', 'usr/bin/last', 'usr/lib/node_modules/x/package.json', 'usr/sbin/tool'] },
  ]);
});

it('leaves out names of sets of packages', () => {
  expect(read('P:.build-deps\nV:20240101.000000\n')).toBeUndefined();
});

it.each([
  ['a line without a field', 'P:x\nnonsense\n'],
  ['an entry without a version', 'P:x\n\n'],
  ['a last entry without a version', 'P:x\n'],
  ['files of no package', 'F:bin\nR:x\n'],
  ['zero bytes', 'P:x\0'],
  ['a name beyond measure', `P:${'x'.repeat(70_000)}\nV:1\n`],
  ['more packages than there are', 'P:x\nV:1\n\n'.repeat(100_001)],
  ['more files than there are', `P:x\nV:1\nF:${'x'.repeat(4000)}/bin\n${'R:a\na:0:0:755\n'.repeat(68_000)}`],
])('cannot read %s', (_what, text) => {
  expect(read(text)).toEqual({ unreadable: expect.any(String) });
});

it('never throws, wherever the file is cut', async () => {
  const text = `${entry}F:bin\nR:x\na:0:0:755\n\nP:other\nV:1\n`;
  for (let end = 0; end <= text.length; end++) {
    const findings = await read(text.slice(0, end));
    expect(findings?.packages?.length ?? 0).toBeLessThanOrEqual(2);
  }
});
