// Analysis of an image made of what this machine consists of: its system packages with their programs, libraries and papers, then this project's own packages. Cold, then with all layers known.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareWithTarget, measure, root } from './measure.ts';

const analyseOne = fileURLToPath(new URL('sbom-analyse-one.ts', import.meta.url));
const system = ['etc/os-release', 'usr/lib/os-release', 'var/lib/dpkg', 'usr/sbin', 'usr/share/doc', 'usr/lib/python3', 'usr/lib/git-core'];
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-layers-'));
try {
  const pack = (name: string, from: string, paths: readonly string[]): string => {
    const file = join(folder, name);
    execFileSync('tar', ['-I', 'gzip -1', '-cf', file, '-C', from, ...paths.filter((path) => existsSync(join(from, path)))], {
      stdio: 'ignore',
    });
    return file;
  };
  const layers = [
    pack('system.tgz', '/', system),
    pack('app.tgz', root, ['node_modules/@aws-sdk', 'node_modules/@smithy', 'node_modules/aws-cdk', 'package-lock.json']),
  ];
  const out = join(folder, 'analyses.json');
  const cold = await measure([analyseOne, 'cold', out, ...layers]);
  const known = await measure([analyseOne, 'known', out, ...layers]);
  if (cold.exit !== 0 || known.exit !== 0) throw new Error(cold.stderr + known.stderr);
  const { unpacked, packages } = JSON.parse(readFileSync(`${out}.numbers`, 'utf8'));
  const packedMiB = layers.reduce((sum, file) => sum + statSync(file).size, 0) / 1024 ** 2;
  const unpackedMiB = unpacked / 1024 ** 2;
  console.log(`two layers, ${packedMiB.toFixed(0)} MiB packed, ${unpackedMiB.toFixed(0)} MiB unpacked, ${packages} packages`);
  // what gzip alone takes on this machine is what no tool can do without
  const started = performance.now();
  for (const file of layers) execFileSync('gzip', ['-dc', file], { stdio: ['ignore', 'ignore', 'ignore'] });
  const gzipSeconds = (performance.now() - started) / 1000;
  compareWithTarget('analysis, cold; target: twice what gzip alone takes', cold.seconds, 's', Number((2 * gzipSeconds).toFixed(2)));
  compareWithTarget('peak memory of it', cold.peakMiB, 'MiB', 300);
  compareWithTarget('all layers known; target: a twentieth of cold', known.seconds, 's', Number((cold.seconds / 20).toFixed(2)));
  console.log(`${(unpackedMiB / cold.seconds).toFixed(0)} MiB/s unpacked`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
