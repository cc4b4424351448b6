import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { advisoriesOf, openBuilt } from '../../../test/support/vulnerabilities.ts';
import type { Advisory } from '../advisory/advisory.ts';
import { buildIndex } from './build-index.ts';
import { lookUp, openIndex, shardOf } from './look-up.ts';
import { IndexManifest } from './manifest.ts';
import { sha256 } from './slots.ts';

const many = (count: number): Iterable<Advisory> => ({
  *[Symbol.iterator]() {
    for (let at = 0; at < count; at += 1)
      yield {
        id: `X-${at}`,
        vulnerabilities: [[`CVE-2099-${10_000 + at}`, `X-${at}`]],
        modified: '2026-01-01T00:00:00Z',
        links: [],
        affected: [
          {
            ecosystem: 'npm',
            release: '',
            name: `package-${at % 3000}`,
            ranges: [
              [
                ['introduced', '0'],
                ['fixed', `1.${at}.0`],
              ],
            ],
            versions: [],
          },
        ],
      };
  },
});

describe('the index of an ecosystem', () => {
  it('finds every package again, and only what it has', async () => {
    const index = openBuilt(await buildIndex('npm', many(20_000)));
    expect(index.manifest.shards.length).toBeGreaterThan(1);
    const counts = await Promise.all(Array.from({ length: 3000 }, async (_, at) => must(await index.lookUp(`package-${at}`, '')).length));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(20_000);
    expect(must(await index.lookUp('package-7', '')).map(({ id }) => id)).toEqual([
      'X-12007',
      'X-15007',
      'X-18007',
      'X-3007',
      'X-6007',
      'X-7',
      'X-9007',
    ]);
    expect(must(await index.lookUp('package-', ''))).toEqual([]);
    expect(must(await index.lookUp('package-70000', ''))).toEqual([]);
  });

  it('gives the same bytes for the same advisories in another order', async () => {
    const [one, other] = [await buildIndex('npm', many(5000)), await buildIndex('npm', [...many(5000)].reverse())];
    expect(other.manifest).toEqual(one.manifest);
    expect(other.shards.map(({ bytes }) => sha256(bytes))).toEqual(one.shards.map(({ bytes }) => sha256(bytes)));
  });

  it('counts and dates what it holds', async () => {
    const { manifest } = await buildIndex('crates.io', advisoriesOf('crates.io'));
    expect(IndexManifest.parse(manifest)).toEqual(manifest);
    expect(manifest).toMatchObject({ advisories: 9, withdrawn: 1, packages: 7, releases: [], newest: manifest.dataDate });
    const debian = await buildIndex('Debian', advisoriesOf('distributions'), { dataDate: '2026-03-01T00:00:00Z' });
    expect(debian.manifest).toMatchObject({
      advisories: 4,
      packages: 2,
      releases: ['11', '12', '13'],
      newest: '2026-01-11T00:00:00Z',
      dataDate: '2026-03-01T00:00:00Z',
    });
    expect((await buildIndex('npm', [])).manifest).toMatchObject({ advisories: 0, packages: 0, newest: null, dataDate: null });
  });

  it('keeps only listed versions that ranges do not cover, and notices of several repositories once', async () => {
    const affected = { ecosystem: 'PyPI', release: '', name: 'a', ranges: [[['introduced', '1'] as const, ['fixed', '2'] as const]] };
    const advisory = {
      id: 'X-1',
      vulnerabilities: [['X-1']],
      links: [],
      affected: [{ ...affected, versions: ['1.0', '1.5', '0.9', 'odd one'] }],
    };
    expect(must(await openBuilt(await buildIndex('PyPI', [advisory])).lookUp('A', ''))[0]?.versions).toEqual(['0.9', 'odd one']);
    const redHat = openBuilt(await buildIndex('Red Hat', advisoriesOf('distributions')));
    expect(must(await redHat.lookUp('sudo', '9')).map(({ id }) => id)).toEqual(['RHSA-2099:0009']);
  });

  it('looks a package up in the bytes of its shard', async () => {
    const { manifest, shards } = await buildIndex('Debian', advisoriesOf('distributions'));
    const shard = shards.find(({ name }) => name === shardOf(manifest, 'openssl')?.name);
    expect(lookUp(shard?.bytes ?? new Uint8Array(), 'openssl', '13').map(({ id }) => id)).toEqual(['DEBIAN-CVE-2099-0001']);
    expect(lookUp(shard?.bytes ?? new Uint8Array(), 'openssl', '9')).toEqual([]);
  });
});

describe('a shard that is not what it should be', () => {
  it.each<[string, (bytes: Uint8Array) => Uint8Array | undefined, string]>([
    ['is gone', () => undefined, 'is missing'],
    ['has other bytes', (bytes) => gzipSync(gunzipSync(bytes).subarray(0, 10)), 'other bytes than its manifest says'],
  ])('%s', async (_, change, why) => {
    const { manifest, shards } = await buildIndex('npm', many(10));
    const found = await openIndex(manifest, async () => change(shards[0]?.bytes ?? new Uint8Array())).lookUp('package-1', '');
    expect([codeOf(found), sayOf(found)]).toEqual(['not-found', expect.stringContaining(why)]);
  });

  it('cannot be unpacked', async () => {
    const { manifest } = await buildIndex('npm', many(10));
    const bytes = Buffer.from('no gzip');
    const forged = { ...manifest, shards: manifest.shards.map((shard) => ({ ...shard, sha256: sha256(bytes) })) };
    expect(sayOf(await openIndex(forged, async () => bytes).lookUp('package-1', ''))).toContain('cannot be unpacked');
  });
});
