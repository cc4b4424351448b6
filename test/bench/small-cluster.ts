// The configuration scan of a real cluster: node test/bench/small-cluster.ts KUBECONFIG
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithTarget, measure } from './measure.ts';

const [kubeconfig] = process.argv.slice(2);
if (kubeconfig === undefined) throw new Error('name the kubeconfig of a real cluster');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-small-'));
const seconds: number[] = [];
let peak = 0;
for (let run = 0; run < 7; run += 1) {
  const out = join(folder, String(run));
  const measured = await measure([
    'bin/gatehouse.ts',
    'scan',
    '--quiet',
    '--kubeconfig',
    kubeconfig,
    '--out',
    out,
    '--format',
    'json',
    '--fail-on',
    'never',
  ]);
  if (measured.exit !== 0) throw new Error(`the scan ended with ${measured.exit}: ${measured.stderr}`);
  JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  seconds.push(measured.seconds);
  peak = Math.max(peak, measured.peakMiB);
}
rmSync(folder, { recursive: true });
const median = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)] as number;
console.log(`7 scans, ${seconds.map((one) => one.toFixed(2)).join(' ')} s; peak memory ${peak.toFixed(0)} MiB`);
compareWithTarget('configuration scan of a real cluster, from start to report.json, median', median, 's', 1.5);
