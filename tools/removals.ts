// Makes lib/gate/data/removals.generated.ts from the lifecycle tags of the Go module k8s.io/api: node tools/removals.ts [--check]
//
// Reads the newest release of every minor from 1.20 (the first with tags) to the newest, through an ordinary `go`, which must be installed. A kind goes in the earlier of the minor
// its tag names and the first minor that no longer registers it: alpha versions go without notice. What the module cannot tell (other repositories, files, releases before 1.20) is
// written by hand in lib/gate/data/removals-by-hand.ts. With --check nothing is written, and the answer is 1 when the table is out of date.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { generateRemovals, type Release } from './removals/generate.ts';
import { type ApiPackage, type Minor, readLifecycles, readRegister } from './removals/lifecycle.ts';

const firstTagged: Minor = 20;
const table = join(import.meta.dirname, '../lib/gate/data/removals.generated.ts');

// outside of any Go module, so that nothing of this repository has a say
const go = (...args: readonly string[]): unknown =>
  JSON.parse(execFileSync('go', args, { cwd: tmpdir(), encoding: 'utf8', maxBuffer: 2 ** 26 }));
const Module = z.object({ Version: z.string(), Dir: z.string(), Versions: z.array(z.string()).optional() });
const Listed = z.object({ Versions: z.array(z.string()) });

const newestOfEachMinor = (): readonly { readonly minor: Minor; readonly version: string }[] => {
  const { Versions } = Listed.parse(go('list', '-m', '-versions', '-json', 'k8s.io/api'));
  const released = Versions.flatMap((version) => {
    const [, minor, patch] = /^v0\.(\d+)\.(\d+)$/.exec(version) ?? [];
    return minor === undefined ? [] : [{ version, minor: Number(minor), patch: Number(patch) }];
  });
  const byMinor = Map.groupBy(
    released.filter(({ minor }) => minor >= firstTagged),
    ({ minor }) => minor,
  );
  return [...byMinor.values()].map((ones) => ones.reduce((a, b) => (b.patch > a.patch ? b : a))).toSorted((a, b) => a.minor - b.minor);
};

const readPackage = (file: string): readonly ApiPackage[] => {
  const register = readRegister(readFileSync(file, 'utf8'));
  const tags = join(dirname(file), 'zz_generated.prerelease-lifecycle.go');
  return register ? [{ ...register, lifecycles: existsSync(tags) ? readLifecycles(readFileSync(tags, 'utf8')) : new Map() }] : [];
};

const readRelease = (version: string, minor: Minor): Release => {
  const { Dir } = Module.parse(go('mod', 'download', '-json', `k8s.io/api@${version}`));
  const packages = globSync('**/register.go', { cwd: Dir }).flatMap((file) => readPackage(join(Dir, file)));
  return { minor, packages };
};

const versions = newestOfEachMinor();
const newest = versions.at(-1);
if (!newest) throw new Error('The Go module proxy names no release of k8s.io/api.');
const rows = generateRemovals(versions.map(({ version, minor }) => readRelease(version, minor)));
const text = `// Made by "node tools/removals.ts"; do not edit. What is written by hand stands in removals-by-hand.ts.
import type { ApiRemoval } from './api-removal.ts';

/** Newest release of k8s.io/api that was read. */
export const generatedFrom = '${newest.version}';

export const generatedRemovals: readonly ApiRemoval[] = [
${rows.map((row) => `  ${JSON.stringify(row)},\n`).join('')}];
`;
if (process.argv.includes('--check')) {
  const isSame = existsSync(table) && readFileSync(table, 'utf8') === text;
  process.stdout.write(isSame ? 'The table is up to date.\n' : 'The table is out of date: run "node tools/removals.ts".\n');
  process.exitCode = isSame ? 0 : 1;
} else {
  writeFileSync(table, text);
  process.stdout.write(`${rows.length} rows from k8s.io/api ${versions[0]?.version} to ${newest.version}\n`);
}
