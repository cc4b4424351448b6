import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationRecord } from '../../lib/fleet/evaluation.ts';
import type { ScanRecord } from '../../lib/fleet/scan.ts';
import { apply, bedVersion, gatehouse, kubeconfigOf, kubectl, temporaryFolder, until } from './bed.ts';
import { callApi, type Serving, serve } from './server.ts';

// The gate in the service, on a real cluster: a pipeline without a kubeconfig asks; scans are asked for, made and waited for; what is in the way is named; the answer is sealed.

const namespace = 'gatehouse-gate-service';
const [, minor = '0'] = bedVersion.replace('v', '').split('.');
const next = minor === '35' ? 'v1.36.3' : 'v1.37.2';

let data: string;
let serving: Serving;
let token: string;
let clusterId: string;
const api = (method: string, path: string, body?: unknown) => callApi(serving.url, token, method, path, body);
/** Asks as a release pipeline does: by the command line, with a token and no kubeconfig. */
const ask = async (...more: readonly string[]) => {
  const args = ['gate', '--server', serving.url, '--cluster', 'plain', '--to', next, '--json', '--wait', '120', ...more];
  const { exit, stdout, stderr } = await gatehouse(args, { env: { GATEHOUSE_TOKEN: token, KUBECONFIG: '/nowhere' } });
  if (stdout === '') throw new Error(`the gate said nothing and ended with ${exit}: ${stderr}`);
  const answer = JSON.parse(stdout) as {
    id: string;
    verdict: string;
    allowed: boolean;
    summary: string;
    checks?: { id: string; required: boolean; outcome: string }[];
    evidence?: { kind: string; scanId: string }[];
    previous?: { verdict: string; changes: string[] } | null;
  };
  const denied = (answer.checks ?? []).filter(({ required, outcome }) => required && outcome !== 'pass' && outcome !== 'not-applicable');
  return { exit, answer, denied: denied.map(({ id }) => id) };
};
const removeAll = () => kubectl('plain', 'delete', 'namespace', namespace, '--ignore-not-found', '--wait=true');

beforeAll(async () => {
  await removeAll();
  data = join(await temporaryFolder(), 'data');
  serving = await serve(data);
  token = serving.token ?? '';
  const kubeconfig = await readFile(await kubeconfigOf('plain'), 'utf8');
  const { body } = await api('POST', '/v1/projects/default/clusters', { name: 'plain', timeZone: 'UTC', kubeconfig });
  clusterId = (body as { id: string }).id;
});
afterAll(async () => {
  await serving.end('SIGTERM');
  await removeAll();
});

describe('the gate of the service', () => {
  it('allows a healthy cluster one minor up by live facts, with warnings at most', async () => {
    const { exit, answer, denied } = await ask('--policy', 'live-facts');
    expect(denied).toEqual([]);
    expect([exit, answer.allowed]).toEqual([0, true]);
  });

  it('asks for scans by its usual policy, and waits for those that are on their way', async () => {
    const without = await ask();
    expect([without.exit, without.denied]).toEqual([1, expect.arrayContaining(['scan.configuration'])]);
    const { body } = await api('POST', `/v1/projects/default/clusters/${clusterId}/scans`, { kinds: ['configuration'], options: {} });
    const [scan] = (body as { items: ScanRecord[] }).items;
    const withScan = await ask();
    expect(withScan.answer.evidence).toMatchObject([{ kind: 'configuration', scanId: scan?.id }]);
    expect(withScan.answer.previous).toMatchObject({ verdict: 'deny', changes: expect.any(Array) });
  });

  it('names the budget that is in the way, until it is gone; the status says it to whoever looks at nothing else', async () => {
    await apply(
      'plain',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'front', namespace },
        spec: {
          replicas: 1,
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
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'front', namespace },
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'front' } } },
      },
    );
    // a budget over pods that do not run yet is in nobody's way
    await kubectl('plain', '-n', namespace, 'rollout', 'status', 'deployment/front', '--timeout=120s');
    await until('the budget to count its pods', async () =>
      (await kubectl('plain', '-n', namespace, 'get', 'pdb', 'front', '-o', 'jsonpath={.status.expectedPods}')).includes('1'),
    );
    const { exit, answer, denied } = await ask('--policy', 'live-facts');
    expect([exit, denied]).toEqual([1, ['drain.pdb']]);
    expect(answer.summary).toContain(`${namespace}/front`);
    const again = await api('GET', `/v1/gate/evaluations/${answer.id}?fail=http`);
    expect(again).toMatchObject({ status: 409, body: { allowed: false, verdict: 'deny' } });
    await kubectl('plain', '-n', namespace, 'delete', 'pdb', 'front');
    expect((await ask('--policy', 'live-facts')).exit).toBe(0);
  });

  it('seals every answer in the chain of the cluster, scans between them', async () => {
    const { body } = await api('GET', `/v1/projects/default/clusters/${clusterId}/evaluations`);
    const records = (body as { items: EvaluationRecord[] }).items;
    expect(records.length).toBeGreaterThanOrEqual(4);
    expect(records.every(({ manifest }) => manifest !== undefined)).toBe(true);
    const folder = await temporaryFolder();
    await cp(join(data, 'evidence', 'objects'), join(folder, 'evidence'), { recursive: true });
    const key = join(folder, 'key.pem');
    await writeFile(key, ((await api('GET', '/v1/evidence-key')).body as { pem: string }).pem);
    const verified = await gatehouse(['verify', join(folder, 'evidence'), '--key', key]);
    expect(verified.exit).toBe(0);
    expect(verified.stdout).toContain(`${records.length} evaluations of the gate`);
  });

  it('goes on with an evaluation after it was killed in the middle', async () => {
    const { body } = await api('POST', '/v1/gate/evaluations', {
      cluster: 'plain',
      target: { kubernetesVersion: next },
      policy: 'live-facts',
    });
    const { id } = body as { id: string };
    await serving.end('SIGKILL');
    serving = await serve(data);
    await until(
      'the answer',
      async () => ((await api('GET', `/v1/gate/evaluations/${id}?wait=20`)).body as { verdict: string }).verdict !== 'pending',
      60,
    );
    const { allowed } = (await api('GET', `/v1/gate/evaluations/${id}`)).body as { allowed: boolean };
    expect(allowed).toBe(true);
  });
});
