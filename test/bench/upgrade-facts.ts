// Live facts for the upgrade gate, of a synthetic cluster of design size: node test/bench/upgrade-facts.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithTarget, measure } from './measure.ts';
import { startSyntheticApi } from './synthetic-api.ts';

const api = await startSyntheticApi({ nodes: 5_000, pods: 50_000, rbac: 0 });
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-upgrade-'));
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
const { seconds, peakMiB, exit, stderr } = await measure(['test/bench/observe-upgrade.ts', kubeconfig]);
api.stop();
rmSync(folder, { recursive: true });
if (exit !== 0) throw new Error(`the observation ended with ${exit}: ${stderr}`);
console.log(`${stderr.trim()}; ${api.requests()} requests`);
compareWithTarget('live facts of the synthetic cluster, time', seconds, 's', 60);
compareWithTarget('live facts of the synthetic cluster, peak memory', peakMiB, 'MiB', 512);
