import { describe, expect, it } from 'vitest';
import { berkeleyDatabase, ndbDatabase, packageHeader, rpmHeader, sqliteDatabase } from '../../../../test/support/rpm-databases.ts';
import { rpmDatabase } from './rpm.ts';

const head = { path: 'var/lib/rpm/rpmdb.sqlite', size: 0, mode: 0o644 };
const read = (bytes: Uint8Array) => rpmDatabase.read(head, bytes);

it('wants the databases where versions of rpm keep them', () => {
  const wants = (path: string) => rpmDatabase.wants({ ...head, path });
  const wanted = ['var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages.db', 'usr/share/rpm/rpmdb.sqlite'];
  expect(wanted.map(wants)).toEqual([true, true, true]);
  expect(['var/lib/rpm/Name', 'var/lib/rpm/Index.db', 'opt/var/lib/rpm/Packages'].map(wants)).toEqual([false, false, false]);
});

const formats = {
  sqlite: (headers: readonly Uint8Array[]) => sqliteDatabase(headers),
  ndb: ndbDatabase,
  'Berkeley DB': (headers: readonly Uint8Array[]) => berkeleyDatabase(headers),
  'Berkeley DB, big-endian': (headers: readonly Uint8Array[]) => berkeleyDatabase(headers, 'big'),
};
describe.each(Object.entries(formats))('%s', (_name, database) => {
  it('gives every package, short headers and long ones, and no key of a signer', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `package-${at}`);
    const headers = names.map((name, at) => packageHeader(name, { 1004: 'a summary '.repeat(at * 7) }));
    const findings = await read(database([...headers, packageHeader('gpg-pubkey')]));
    expect(findings?.packages?.map((found) => found.name).toSorted()).toEqual(names.toSorted());
  });

  it('says nothing where there are none', () => {
    expect(read(database([packageHeader('gpg-pubkey')]))).toBeUndefined();
  });

  const small = database([packageHeader('one', { 1004: 'x'.repeat(900) }), packageHeader('two')]);

  it('cannot be read wherever it is cut', async () => {
    expect(await read(small)).toHaveProperty('packages.length', 2);
    const readable: number[] = [];
    for (let end = 1; end < small.length; end++) {
      const findings = await read(small.subarray(0, end));
      if (findings?.unreadable === undefined) readable.push(end);
    }
    expect(readable).toEqual([]);
  });

  it('never throws and never grows, whichever byte is another', async () => {
    const grown: number[] = [];
    for (const change of [(byte: number) => byte ^ 1, (byte: number) => byte ^ 0x80, () => 0, () => 0xff]) {
      for (let at = 0; at < small.length; at++) {
        const damaged = Uint8Array.from(small);
        damaged[at] = change(damaged[at] ?? 0);
        const findings = await read(damaged);
        if (findings?.unreadable === undefined && (findings?.packages?.length ?? 0) > 2) grown.push(at);
      }
    }
    expect(grown).toEqual([]);
  });
});

it('reads what rpm says of a package', () => {
  const header = packageHeader('tool-libs', {
    1001: '2.0',
    1002: '5.el9',
    1003: [1],
    1011: 'A vendor',
    1014: 'MIT and BSD',
    1044: 'tool-2.0-5.el9.src.rpm',
    5096: 'tools:2:9020020240101:abcdef12',
  });
  expect(read(ndbDatabase([header]))).toEqual({
    packages: [
      {
        type: 'rpm',
        name: 'tool-libs',
        version: '1:2.0-5.el9',
        source: { name: 'tool', version: '1:2.0-5.el9' },
        architecture: 'x86_64',
        licenses: ['MIT and BSD'],
        supplier: 'A vendor',
        module: 'tools:2',
      },
    ],
  });
});

it('leaves out epoch 0, and keeps the version of a source that has another one', () => {
  const header = packageHeader('tool-x', { 1003: [0], 1044: 'tool-all-9-1.el9.nosrc.rpm' });
  expect(read(ndbDatabase([header]))).toHaveProperty('packages', [
    expect.objectContaining({ version: '1.2-3.el9', source: { name: 'tool-all', version: '9-1.el9' } }),
  ]);
});

const files = {
  1117: ['tool', 'data', 'METADATA', 'folder'],
  1116: [0, 1, 2, 0],
  1118: ['/usr/bin/', '/usr/share/', '/usr/lib/python3/x.dist-info/'],
};
it('keeps files that are worth owning, by their mode where it is known', () => {
  const modes = { 1030: [0o100755, 0o100644, 0o100644, 0o040755] };
  expect(read(ndbDatabase([packageHeader('tool', { ...files, ...modes })]))).toHaveProperty('owned', [
    { package: 'tool', paths: ['usr/bin/tool', 'usr/lib/python3/x.dist-info/METADATA'] },
  ]);
  expect(read(ndbDatabase([packageHeader('tool', { 1027: ['/bin/tool', '/etc/tool'] })]))).toHaveProperty('owned', [
    { package: 'tool', paths: ['bin/tool', 'usr/bin/tool'] },
  ]);
});

it('takes an index of a folder that is not there for the root', () => {
  expect(read(ndbDatabase([packageHeader('tool', { 1117: ['package.json'], 1116: [0xffffffff], 1118: ['/usr/'] })]))).toHaveProperty(
    'owned',
    [{ package: 'tool', paths: ['package.json'] }],
  );
});

it.each([
  ['no database at all', new TextEncoder().encode('nothing of the kind')],
  ['a header without a name', ndbDatabase([rpmHeader({ 1001: '1', 1002: '1' })])],
  ['a name beyond measure', ndbDatabase([packageHeader('x'.repeat(70_000))])],
  ['a number where the name should be', ndbDatabase([packageHeader('x', { 1000: [7] })])],
  ['a text where the epoch should be', ndbDatabase([packageHeader('x', { 1003: 'one' })])],
  ['a header that counts more tags than rpm allows', ndbDatabase([Buffer.from('ffffffff00000010', 'hex')])],
  ['a header that is longer than its place', ndbDatabase([Buffer.from('00000000ffffffff', 'hex')])],
])('cannot read %s', async (_what, bytes) => {
  expect(await read(bytes)).toEqual({ unreadable: expect.any(String) });
});

it('says nothing of an empty file', () => {
  expect(read(new Uint8Array())).toBeUndefined();
});

it('gives up on a header whose files are more than it has bytes for', () => {
  const count = 70_000;
  const header = packageHeader('x', { 1117: Array(count).fill('a'), 1116: Array(count).fill(0), 1118: [`${'/x'.repeat(2000)}/bin/`] });
  expect(read(ndbDatabase([header]))).toEqual({ unreadable: 'its packages own more files than any system has' });
});
