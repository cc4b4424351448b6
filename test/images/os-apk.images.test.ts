import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { catalogued, goModule } from './cataloguing.ts';

/** Databases of apk recorded in Alpine and Wolfi images; Apache-2.0. Debian has no apk that could make one. */
const recordings = 'github.com/anchore/syft@v1.52.0';

let recorded: string;
beforeAll(async () => {
  recorded = join(await goModule(recordings), 'syft/pkg/cataloger/alpine/testdata');
});

/** Names, versions and origins by the letters of their lines alone. */
async function lettered(file: string): Promise<string[]> {
  const entries = (await readFile(file, 'utf8')).split('\n\n');
  const value = (entry: string, letter: string) => new RegExp(`^${letter}:(.*)$`, 'm').exec(entry)?.[1];
  return entries
    .filter((entry) => value(entry, 'P') !== undefined)
    .map((entry) => `${value(entry, 'P')} ${value(entry, 'V')} ${value(entry, 'o') ?? value(entry, 'P')} ${value(entry, 'A')}`)
    .toSorted();
}

it.each(['multiple-1/lib/apk/db/installed', 'multiple-2/lib/apk/db/installed', 'very-large-entries', 'extra-file-attributes', 'single'])(
  '%s: every entry of the database',
  async (name) => {
    const findings = await catalogued('lib/apk/db/installed', join(recorded, name));
    const found = (findings?.packages ?? []).map((one) => `${one.name} ${one.version} ${one.source?.name} ${one.architecture}`).toSorted();
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(await lettered(join(recorded, name)));
  },
);

it('what busybox owns, by its two paths', async () => {
  const findings = await catalogued('lib/apk/db/installed', join(recorded, 'multiple-2/lib/apk/db/installed'));
  expect(findings?.owned?.find((one) => one.package === 'busybox')?.paths).toEqual(
    expect.arrayContaining(['bin/busybox', 'usr/bin/busybox']),
  );
});

it('a database that is none', async () => {
  expect(await catalogued('lib/apk/db/installed', join(recorded, 'corrupt/lib/apk/db/installed'))).toEqual({
    unreadable: expect.any(String),
  });
});
