import { expect, it } from 'vitest';
import { rpmManifest } from './manifest.ts';

const head = { path: 'var/lib/rpmmanifest/container-manifest-2', size: 0, mode: 0o644 };
const read = (text: string) => rpmManifest.read(head, new TextEncoder().encode(text));
const line = 'tool-libs\t2.0-5.az\t1\t2\tA vendor\t(none)\t10\tx86_64\t0\ttool-2.0-5.az.src.rpm\n';

it('wants the list of Azure Linux only', () => {
  expect(rpmManifest.wants(head)).toBe(true);
  expect(rpmManifest.wants({ ...head, path: 'var/lib/rpmmanifest/container-manifest-1' })).toBe(false);
});

it('reads a package on each line, and leaves out keys of signers', () => {
  const withEpoch = line.replace('(none)', '2').replace('\t0\t', '\t2\t');
  const described = { type: 'rpm', name: 'tool-libs', architecture: 'x86_64', supplier: 'A vendor' };
  expect(read(`${line}gpg-pubkey\t1-2\n${withEpoch}`)).toEqual({
    packages: [
      { ...described, version: '2.0-5.az', source: { name: 'tool', version: '2.0-5.az' } },
      { ...described, version: '2:2.0-5.az', source: { name: 'tool', version: '2:2.0-5.az' } },
    ],
  });
});

it('says nothing of an empty list, and that another cannot be read', () => {
  expect(read('\n')).toBeUndefined();
  expect(read('tool\t1-2\n')).toEqual({ unreadable: 'line 1 names no package' });
  expect(read('x\0')).toHaveProperty('unreadable');
  expect(read(line.repeat(100_001))).toHaveProperty('unreadable');
});
