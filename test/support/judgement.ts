import { seen, unseen } from '../../lib/core/facts/index.ts';
import type { GateFacts } from '../../lib/core/gate/index.ts';
import type { AnyGateCheck, CheckAnswer } from '../../lib/gate/check.ts';
import type { Judgement } from '../../lib/gate/decide/decide.ts';
import { type CompiledPolicy, compilePolicy } from '../../lib/gate/policy/compile.ts';
import { parsePolicy } from '../../lib/gate/policy/parse.ts';
import type { CompletedScan } from '../../lib/gate/policy/scan-seen.ts';
import type { Checked } from '../../lib/gate/run-checks.ts';

// Small judgements for tests: made-up checks with stated answers, so that what is decided depends on nothing else.

export const now = '2026-11-23T12:00:00.000Z';

const nothing = unseen('Not part of this test.');
export const facts = {
  cluster: { id: 'c-1', name: 'prod-eu', kubernetesVersion: 'v1.35.4' },
  observedAt: now,
  nodes: seen([]),
  ...Object.fromEntries(
    (
      [
        'pods',
        'budgets',
        'workloads',
        'webhooks',
        'services',
        'namespaces',
        'crds',
        'apiServices',
        'servedApis',
        'oldObjects',
        'apiUse',
        'controlPlane',
        'settings',
        'apiHealth',
      ] as const
    ).map((name) => [name, nothing]),
  ),
  ...Object.fromEntries(
    (['storage', 'signingRequests', 'certificate', 'cgroups', 'ingressClasses', 'clusterApi', 'backups'] as const).map((name) => [
      name,
      nothing,
    ]),
  ),
} as unknown as GateFacts;

/** The text of a policy with a spec in YAML, two spaces deep. */
export const policyText = (spec: string): string =>
  `apiVersion: gate.gatehouse.dev/v1alpha1\nkind: GatePolicy\nmetadata:\n  name: test\nspec:\n${spec}`;

/** A policy for tests; the ids are those that `checkedAs` makes. */
export const policyOf = (
  spec: string,
  ids: readonly string[] = ['drain.pdb', 'drain.single-replica', 'path.minor-step'],
): CompiledPolicy => {
  const parsed = parsePolicy(policyText(spec), ids);
  const made = parsed.ok ? compilePolicy(parsed.value, ids) : parsed;
  if (!made.ok) throw new Error(made.failure.say);
  return made.value;
};

const answers: Readonly<Record<string, Omit<CheckAnswer, 'outcome'>>> = {
  fail: { message: 'shop/front allows no disruption.', resources: [{ kind: 'PodDisruptionBudget', namespace: 'shop', name: 'front' }] },
};

/** `{'drain.pdb': 'fail'}` as a check that answered so. */
export const checkedAs = (outcomes: Readonly<Record<string, Checked['answer']['outcome']>>): readonly Checked[] =>
  Object.entries(outcomes).map(([id, outcome]) => {
    const check: AnyGateCheck = {
      id,
      category: id.split('.')[0] as AnyGateCheck['category'],
      title: `${id} holds`,
      severity: 'high',
      why: 'It matters.',
      repair: 'Repair it.',
      links: [],
      reads: [],
      mayRead: [],
      evaluate: () => ({ outcome: 'pass', message: 'Fine.', resources: [] }),
    };
    return { check, answer: { ...(answers[outcome] ?? { message: 'Said so.', resources: [] }), outcome } };
  });

export const scan = (changes: Partial<CompletedScan> = {}): CompletedScan => ({
  scanId: 'scn-1',
  completedAt: '2026-11-22T12:00:00.000Z',
  reportSha256: 'ab'.repeat(32),
  benchmark: { framework: 'cis-kubernetes', version: '2.0.1', inRange: true },
  controls: { total: 100, decided: 90 },
  failures: [],
  isCompared: true,
  ...changes,
});

export const judgementOf = (changes: Partial<Judgement>): Judgement => ({
  id: 'evl-1',
  policy: policyOf('  checks:\n    required: [path.*]\n    advisory: [drain.*]\n'),
  facts,
  current: 'v1.35.4',
  target: 'v1.36.3',
  checked: checkedAs({ 'path.minor-step': 'pass', 'drain.pdb': 'pass' }),
  scans: [],
  waivers: [],
  overrides: [],
  plan: { path: ['v1.35.4', 'v1.36.3'], inPlace: [], repave: [] },
  requestedBy: 'ada',
  tool: { name: 'gatehouse', version: '0.1.0', dataAsOf: '2026-11-23' },
  now,
  ...changes,
});
