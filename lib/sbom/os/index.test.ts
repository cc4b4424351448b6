import { expect, it } from 'vitest';
import { osCatalogers } from './index.ts';

it('has each cataloger once, and no file wanted by two of them', () => {
  const paths = [
    'etc/os-release',
    'var/lib/dpkg/status',
    'var/lib/dpkg/status.d/base',
    'var/lib/dpkg/status.d/base.md5sums',
    'var/lib/dpkg/info/base.list',
    'usr/share/doc/base/copyright',
    'lib/apk/db/installed',
    'var/lib/rpm/Packages',
    'var/lib/rpm/rpmdb.sqlite-wal',
    'var/lib/rpmmanifest/container-manifest-2',
  ];
  expect(new Set(osCatalogers.map((cataloger) => cataloger.id)).size).toBe(osCatalogers.length);
  for (const path of paths) expect(osCatalogers.filter((cataloger) => cataloger.wants({ path, size: 1, mode: 0o644 }))).toHaveLength(1);
});
