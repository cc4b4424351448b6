// The gate in process, from facts and scans that are there: checks, policy, rules in their thread, verdict, plan: node test/bench/gate.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../lib/adapters/kubernetes/index.ts';
import { makeRuleThread } from '../../lib/adapters/rules/rule-runner.ts';
import { readGateVersion } from '../../lib/core/gate/index.ts';
import { evaluate } from '../../lib/gate/decide/evaluate.ts';
import { upgradePlan } from '../../lib/gate/plan/index.ts';
import { builtInPolicies, builtInPolicy } from '../../lib/gate/policy/built-in/index.ts';
import { compilePolicy } from '../../lib/gate/policy/compile.ts';
import { parsePolicy } from '../../lib/gate/policy/parse.ts';
import type { FailureSeen } from '../../lib/gate/policy/scan-seen.ts';
import { observeUpgrade } from '../../lib/scanners/upgrade/index.ts';
import { must } from '../support/answers.ts';
import { compareWithTarget } from './measure.ts';
import { startSyntheticApi } from './synthetic-api.ts';

const [nodes, pods, failures, rounds] = [100, 1_000, 500, 300];
const api = await startSyntheticApi({ nodes, pods, rbac: 0 });
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-gate-'));
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
const { access, tls, close } = must(await connect({ kubeconfig }));
const [current, target] = [readGateVersion('v1.36.0'), readGateVersion('v1.37.0')];
if (!current || !target) throw new Error('these are versions');
const now = '2026-11-27T12:00:00.000Z';
const facts = await observeUpgrade({
  access,
  tls,
  cluster: { id: 'bench', name: 'bench', kubernetesVersion: 'v1.36.0' },
  now: () => now,
  signal: new AbortController().signal,
  options: { target, wanted: [] },
});
close();
api.stop();
rmSync(folder, { recursive: true });

const failure = (index: number): FailureSeen => ({
  check: `pods/check-${index % 40}`,
  subject: `Deployment shop/app-${index}`,
  severity: (['high', 'medium', 'low'] as const)[index % 3] ?? 'low',
  isNew: index % 10 === 0,
  waiver: null,
});
const completed = {
  scanId: 'scn-1',
  completedAt: '2026-11-27T06:00:00.000Z',
  reportSha256: 'ab'.repeat(32),
  benchmark: { framework: 'cis-kubernetes', version: '2.0.1', inRange: true },
  controls: { total: 131, decided: 91 },
  failures: Array.from({ length: failures }, (_, index) => failure(index)),
  isCompared: true,
};
const question = {
  facts,
  current: 'v1.36.0',
  target: 'v1.37.0',
  scans: (['configuration', 'penetration', 'conformance', 'sbom'] as const).map((kind) => ({ kind, completed })),
  waivers: [],
  overrides: [],
  plan: upgradePlan(facts, { current, target }),
  requestedBy: 'bench',
  tool: { name: 'gatehouse' as const, version: '0', dataAsOf: '2026-11-01' },
  now,
};
const withRules = must(
  compilePolicy(
    must(
      parsePolicy(
        builtInPolicies.default.replace(
          /$/,
          `  validations:
    - {id: few-nodes, expression: 'object.nodes.size() < 10000', message: too many nodes}
    - {id: minor, expression: 'object.cluster.name != ""', message: it is there already}
`,
        ),
      ),
    ),
  ),
);
const thread = makeRuleThread();
for (const [what, policy] of [
  ['the built-in policy', builtInPolicy('default')],
  ['two more rules of users, in their thread', withRules],
] as const) {
  const times: number[] = [];
  let verdict = '';
  for (let round = 0; round < rounds + 20; round += 1) {
    const began = performance.now();
    const evaluation = await evaluate({ ...question, id: `evl-${round}`, policy }, thread.run);
    if (round >= 20) times.push(performance.now() - began);
    verdict = evaluation.verdict;
    if (verdict === 'error') throw new Error(evaluation.summary);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
  console.log(`${what}: ${nodes} nodes, ${pods} pods, ${failures} failures in each of 4 scans: ${verdict}, p50 ${at(0.5).toFixed(2)} ms`);
  compareWithTarget(`gate, ${what}, p99 in process`, at(0.99), 'ms', 50);
}
await thread.close();
