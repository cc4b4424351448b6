// The configuration scan of a synthetic cluster of design size: node test/bench/large-cluster.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithTarget, measure } from './measure.ts';
import { startSyntheticApi } from './synthetic-api.ts';

const api = await startSyntheticApi({ nodes: 5_000, pods: 50_000, rbac: 10_000 });
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-large-'));
const kubeconfig = join(folder, 'kubeconfig');
writeFileSync(
  kubeconfig,
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'synthetic',
    contexts: [{ name: 'synthetic', context: { cluster: 'synthetic', user: 'nobody' } }],
    clusters: [{ name: 'synthetic', cluster: { server: api.url } }],
    users: [{ name: 'nobody', user: { token: 'synthetic' } }],
  }),
);
const { seconds, peakMiB, exit, stderr } = await measure([
  'bin/gatehouse.ts',
  'scan',
  '--quiet',
  '--kubeconfig',
  kubeconfig,
  '--out',
  join(folder, 'out'),
  '--format',
  'json',
  '--fail-on',
  'never',
  '--min-coverage',
  '0',
]);
api.stop();
rmSync(folder, { recursive: true });
if (exit !== 0) throw new Error(`the scan ended with ${exit}: ${stderr}`);
console.log(`5,000 nodes, 50,000 pods, 10,000 RBAC objects; ${api.requests()} requests`);
compareWithTarget('configuration scan of the synthetic cluster, time', seconds, 's', 90);
compareWithTarget('configuration scan of the synthetic cluster, peak memory', peakMiB, 'MiB', 512);
