// Advisories: building an index of the size of a distribution's, and matching an inventory of 500 packages over it: node test/bench/matching.ts
import type { Advisory } from '../../lib/vulnerabilities/index.ts';
import { buildIndex, matchInventory } from '../../lib/vulnerabilities/index.ts';
import { anInventory, aPackage, openBuilt } from '../support/vulnerabilities.ts';
import { compareWithTarget } from './measure.ts';

const [advisories, packages, installed] = [200_000, 8_000, 500];
const releases = ['11', '12', '13'];

/** Some packages have thousands, most have few, as in a distribution. */
const packageOf = (at: number): string => `source-${Math.floor(packages * ((at * 0.6180339887) % 1) ** 3)}`;

const made = function* (): Generator<Advisory> {
  for (let at = 0; at < advisories; at += 1) {
    const name = packageOf(at);
    const affected = releases.map((release, nth) => ({
      ecosystem: 'Debian',
      release,
      name,
      ranges: [
        at % 20 === 0
          ? [['introduced', '0'] as const]
          : [['introduced', '0'] as const, ['fixed', `${1 + nth}.${at % 40}-1+deb${release}u1`] as const],
      ],
      versions: [],
    }));
    const cve = `CVE-2099-${100_000 + at}`;
    const links = [`https://security.example.com/${cve}`];
    yield { id: `DEBIAN-${cve}`, vulnerabilities: [[cve, `DEBIAN-${cve}`]], modified: '2026-01-01T00:00:00Z', links, affected };
  }
};

const began = performance.now();
const built = await buildIndex('Debian', made());
const seconds = (performance.now() - began) / 1000;
const bytes = built.shards.reduce((sum, shard) => sum + shard.bytes.byteLength, 0);
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `index of ${advisories} advisories: ${seconds.toFixed(1)} s, ${built.shards.length} shards, ${(bytes / 1024 / 1024).toFixed(1)} MiB, peak ${peak.toFixed(0)} MiB`,
);

const inventory = anInventory(
  Array.from({ length: installed }, (_, at) => {
    const source = { name: `source-${at * Math.floor(packages / installed)}`, version: '2.38-1' };
    return aPackage({ type: 'deb', name: `package-${at}`, version: source.version, source });
  }),
  { id: 'debian', versionId: '12' },
);
const known = new Map([['Debian', openBuilt(built)]]);

const run = async (): Promise<{ readonly ms: number; readonly matches: number }> => {
  const start = performance.now();
  const { matches } = await matchInventory(inventory, known);
  return { ms: performance.now() - start, matches: matches.length };
};
const cold = await run();
console.log(`matching ${installed} packages, ${cold.matches} matches, cold: ${cold.ms.toFixed(0)} ms`);
const warm: number[] = [];
for (let round = 0; round < 30; round += 1) warm.push((await run()).ms);
warm.sort((a, b) => a - b);
compareWithTarget(`matching ${installed} packages, median warm`, warm[15] ?? Number.NaN, 'ms', 100);
