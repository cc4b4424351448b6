import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Evaluation } from '../../lib/gate/evaluation.ts';
import { apply, bedVersion, gatehouse, kubeconfigOf, kubectl, temporaryFolder, until } from './bed.ts';

// The gate on a real cluster: what denies is put there, seen, taken away, and the verdict turns.

const namespace = 'gatehouse-gate';
const [, minor = '0'] = bedVersion.replace('v', '').split('.');
/** The next minor, and what lies beyond it. */
const next = minor === '35' ? 'v1.36.3' : 'v1.37.2';
const beyond = `v1.${Number(minor) + 2}.0`;

const ask = async (to: string, ...more: readonly string[]) => {
  const args = ['gate', '--to', to, '--kubeconfig', await kubeconfigOf('plain'), '--json', ...more];
  const { exit, stdout, stderr } = await gatehouse(args);
  if (stdout === '') throw new Error(`the gate said nothing and ended with ${exit}: ${stderr}`);
  return { exit, evaluation: Evaluation.parse(JSON.parse(stdout)) };
};
const denied = ({ checks }: Evaluation): readonly string[] =>
  checks.filter(({ outcome, required }) => required && outcome !== 'pass' && outcome !== 'not-applicable').map(({ id }) => id);
const named = ({ checks }: Evaluation, id: string): readonly string[] =>
  checks.find((check) => check.id === id)?.resources.map(({ namespace: of, name }) => (of === undefined ? name : `${of}/${name}`)) ?? [];

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'front', namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'front' } },
    template: {
      metadata: { labels: { app: 'front' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          { name: 'main', image: 'registry.k8s.io/e2e-test-images/agnhost:2.63.0', imagePullPolicy: 'IfNotPresent', args: ['pause'] },
        ],
      },
    },
  },
};
const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'front', namespace },
  spec: { minAvailable: 2, selector: { matchLabels: { app: 'front' } } },
};
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'gatehouse-gate-dead' },
  webhooks: [
    {
      name: 'dead.gatehouse.dev',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Fail',
      clientConfig: { service: { namespace, name: 'nobody', port: 443 } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
    },
  ],
};
const removeAll = async (): Promise<void> => {
  await kubectl('plain', 'delete', 'validatingwebhookconfiguration', 'gatehouse-gate-dead', '--ignore-not-found');
  await kubectl('plain', 'delete', 'namespace', namespace, '--ignore-not-found', '--wait=true');
};

beforeAll(async () => {
  await removeAll();
  await apply('plain', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
});
afterAll(removeAll);

describe(`a healthy cluster on ${bedVersion}`, () => {
  it('may go one minor up, with warnings at most, and the first line says what was not considered', async () => {
    const { exit, evaluation } = await ask(next);
    expect(denied(evaluation)).toEqual([]);
    expect([exit, evaluation.allowed]).toEqual([0, true]);
    expect(evaluation.statements[0]).toBe('Scan evidence was not considered.');
    expect(evaluation.policy.name).toBe('live-facts');
  });

  it('may not skip a minor, and is told the way', async () => {
    const { exit, evaluation } = await ask(beyond);
    expect([exit, evaluation.verdict]).toEqual([1, 'deny']);
    expect(denied(evaluation)).toContain('path.minor-step');
    expect(evaluation.plan.path).toHaveLength(3);
  });

  it('may not go back', async () => {
    const { exit, evaluation } = await ask(`v1.${Number(minor) - 1}.1`);
    expect([exit, denied(evaluation).includes('path.no-downgrade')]).toEqual([1, true]);
  });

  it('is asked for its scans where the policy wants them', async () => {
    const empty = await temporaryFolder();
    const { exit, evaluation } = await ask(next, '--reports', empty);
    expect([exit, evaluation.policy.name]).toEqual([1, 'default']);
    expect(denied(evaluation)).toContain('scan.configuration');
  });
});

describe('what is in the way', () => {
  it('is a budget that allows no disruption, until it is gone', async () => {
    await apply('plain', deployment, budget);
    await kubectl('plain', '-n', namespace, 'rollout', 'status', 'deployment/front', '--timeout=120s');
    await until('the budget to count its pods', async () =>
      (await kubectl('plain', '-n', namespace, 'get', 'pdb', 'front', '-o', 'jsonpath={.status.expectedPods}')).includes('2'),
    );
    const before = await ask(next);
    expect([before.exit, denied(before.evaluation)]).toEqual([1, ['drain.pdb']]);
    expect(named(before.evaluation, 'drain.pdb')).toContain(`${namespace}/front`);
    expect(before.evaluation.summary).toContain(`${namespace}/front`);
    await kubectl('plain', '-n', namespace, 'delete', 'pdb', 'front');
    const after = await ask(next);
    expect([after.exit, denied(after.evaluation)]).toEqual([0, []]);
  });

  it('is a webhook that nobody answers, until it is gone; the evaluation says what changed', async () => {
    await apply('plain', webhook);
    const out = await temporaryFolder();
    const before = await ask(next, '--out', out);
    expect([before.exit, denied(before.evaluation)]).toEqual([1, expect.arrayContaining(['webhook.no-endpoints'])]);
    expect(JSON.stringify(named(before.evaluation, 'webhook.no-endpoints'))).toContain('gatehouse-gate-dead');
    await kubectl('plain', 'delete', 'validatingwebhookconfiguration', 'gatehouse-gate-dead');
    const folder = join(out, before.evaluation.id);
    expect((await readFile(join(folder, 'evaluation.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    const after = await ask(next, '--previous', join(folder, 'evaluation.json'));
    expect([after.exit, denied(after.evaluation)]).toEqual([0, []]);
    expect(after.evaluation.previous).toMatchObject({ id: before.evaluation.id, verdict: 'deny' });
    expect(after.evaluation.previous?.changes.join(' ')).toContain('webhook.no-endpoints');
  });
});

describe('what an upgrade would lose', () => {
  const crd = (storage: 'v1alpha1' | 'v1') => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'gates.gatehouse.example' },
    spec: {
      group: 'gatehouse.example',
      scope: 'Cluster',
      names: { plural: 'gates', singular: 'gate', kind: 'Gate' },
      versions: (['v1alpha1', 'v1'] as const).map((name) => ({
        name,
        served: name === storage || name === 'v1',
        storage: name === storage,
        schema: { openAPIV3Schema: { type: 'object' } },
      })),
    },
  });
  const check = async (id: string) => {
    const { evaluation } = await ask(next);
    return { outcome: evaluation.checks.find((one) => one.id === id)?.outcome, names: named(evaluation, id) };
  };
  afterAll(async () => {
    await kubectl('plain', 'delete', 'crd', 'gates.gatehouse.example', '--ignore-not-found');
    await kubectl('plain', 'delete', 'node', 'held-back', '--ignore-not-found');
  });

  it('is objects in a stored version that is no longer served, until they are rewritten', async () => {
    await apply('plain', crd('v1alpha1'));
    await kubectl('plain', 'wait', '--for=condition=Established', 'crd/gates.gatehouse.example', '--timeout=60s');
    await apply('plain', crd('v1'));
    expect(await check('api.crd-stored-versions')).toEqual({ outcome: 'fail', names: ['gates.gatehouse.example'] });
    const rewritten = '{"status":{"storedVersions":["v1"]}}';
    await kubectl('plain', 'patch', 'crd', 'gates.gatehouse.example', '--subresource=status', '--type=merge', '-p', rewritten);
    expect((await check('api.crd-stored-versions')).outcome).toBe('pass');
  });

  it('is a kubelet that was held back, until it is brought along', async () => {
    await apply('plain', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'held-back' } });
    const runs = (version: string) =>
      kubectl(
        'plain',
        'patch',
        'node',
        'held-back',
        '--subresource=status',
        '--type=merge',
        '-p',
        JSON.stringify({ status: { nodeInfo: { kubeletVersion: version } } }),
      );
    await runs(`v1.${Number(minor) - 3}.0`);
    expect(await check('skew.after')).toMatchObject({ outcome: 'fail', names: expect.arrayContaining(['held-back']) });
    await runs(bedVersion);
    expect((await check('skew.after')).names).not.toContain('held-back');
  });
});

it('says in one sentence what is wrong with a question', async () => {
  const kubeconfig = await kubeconfigOf('plain');
  const wrong = await gatehouse(['gate', '--to', '1.36', '--kubeconfig', kubeconfig]);
  expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining('is no Kubernetes version')]);
  const policy = await gatehouse(['gate', '--to', next, '--kubeconfig', kubeconfig, '--policy', '/nowhere.yaml']);
  expect([policy.exit, policy.stderr]).toEqual([2, expect.stringContaining('live-facts')]);
});
