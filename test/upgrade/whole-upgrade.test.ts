import { beforeAll, describe, expect, it } from 'vitest';
import { Evaluation } from '../../lib/gate/evaluation.ts';
import { bed, gatehouse, kubeconfigOf, kubectl } from '../cluster/bed.ts';

// One upgrade for real: the gate is asked, kubeadm does it, and what the plan said would restart is compared with what did.

const target = process.env.GATEHOUSE_UPGRADE_TO ?? 'v1.36.3';

const ask = async (): Promise<Evaluation> => {
  const { stdout, stderr } = await gatehouse(['gate', '--to', target, '--kubeconfig', await kubeconfigOf('plain'), '--json']);
  if (stdout === '') throw new Error(stderr);
  return Evaluation.parse(JSON.parse(stdout));
};

/** What tells a component that was restarted from one that was not: the hash of its static pod, or the image of its workload. */
const components = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
const marks = async (): Promise<Readonly<Record<string, string>>> => {
  const of = (...args: readonly string[]) => kubectl('plain', '-n', 'kube-system', 'get', ...args);
  const pods = await Promise.all(
    components.map(async (name) => [
      name,
      await of('pod', `${name}-cp1`, '-o', 'jsonpath={.metadata.annotations.kubernetes\\.io/config\\.hash}'),
    ]),
  );
  const image = 'jsonpath={.spec.template.spec.containers[0].image}';
  return {
    ...Object.fromEntries(pods),
    coredns: await of('deployment', 'coredns', '-o', image),
    'kube-proxy': await of('daemonset', 'kube-proxy', '-o', image),
    kubelet: await kubectl('plain', 'get', 'nodes', '-o', 'jsonpath={.items[*].status.nodeInfo.kubeletVersion}'),
  };
};

describe(`an upgrade to ${target}`, () => {
  let before: Evaluation;
  let old: Readonly<Record<string, string>>;
  let now: Readonly<Record<string, string>>;

  beforeAll(async () => {
    before = await ask();
    old = await marks();
    await bed('upgrade', 'plain', target);
    now = await marks();
  }, 900_000);

  it('was allowed', () => expect([before.allowed, before.summary]).toEqual([true, expect.stringContaining('Allowed')]));

  it('restarted what the plan said, and nothing else', () => {
    const restarted = Object.keys(now).filter((name) => now[name] !== old[name]);
    const predicted = [...new Set(before.plan.inPlace.flatMap(({ component, restarts }) => (restarts && component ? [component] : [])))];
    expect(predicted.toSorted()).toEqual(restarted.toSorted());
  });

  it('went in the order of the plan: control plane first, kubelets last', () => {
    const steps = before.plan.inPlace.map(({ component }) => component);
    expect(steps.indexOf('kube-apiserver')).toBeLessThan(steps.indexOf('kube-controller-manager'));
    expect(steps.lastIndexOf('kubelet')).toBe(steps.length - 1);
  });

  it('is seen by the gate: nothing is left to do, and every component fits', async () => {
    const after = await ask();
    expect(after.current).toBe(target);
    expect(after.checks.filter(({ category, outcome }) => category === 'skew' && outcome === 'fail')).toEqual([]);
    expect(after.plan.inPlace.filter(({ restarts }) => restarts)).toEqual([]);
  });
});
