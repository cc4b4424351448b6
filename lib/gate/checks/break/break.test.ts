import { describe, expect, it } from 'vitest';
import { seen, unseen } from '../../../core/facts/index.ts';
import { type GateFacts, type GateVersion, readGateVersion } from '../../../core/gate/index.ts';
import { runChecks } from '../../run-checks.ts';
import { controlPlane, nodes, pods, settings, storage } from './examples.ts';
import { breakChecks } from './index.ts';

const cluster = { id: '00000000-0000-4000-8000-000000000000', name: 'stock', kubernetesVersion: 'v1.35.4' };
const observed = { cluster, observedAt: '2026-11-28T12:00:00Z' };

/** What these checks read of a cluster as kubeadm sets it up. */
const stock = {
  ...observed,
  nodes: nodes({}),
  pods: pods({}),
  controlPlane: controlPlane(),
  settings: settings(),
  storage: storage(),
  cgroups: seen({ 'worker-1': 2 }),
  crds: seen([]),
  servedApis: seen([]),
  oldObjects: seen([]),
  ingressClasses: seen([]),
} as unknown as GateFacts;

const unread = {
  ...observed,
  ...Object.fromEntries(breakChecks.flatMap(({ mayRead }) => mayRead).map((name) => [name, unseen('No right.')])),
} as unknown as GateFacts;

const outcomes = (facts: GateFacts, from: string, to: string) => {
  const [current, target] = [from, to].map(readGateVersion) as [GateVersion, GateVersion];
  return runChecks(breakChecks, facts, { current, target, supportWindow: 3 }).map(({ check, answer }) => ({ id: check.id, ...answer }));
};
const ids = (of: ReturnType<typeof outcomes>, outcome: string) => of.filter((one) => one.outcome === outcome).map(({ id }) => id);

describe('a target newer than the data', () => {
  const answers = outcomes(stock, '1.37.2', '1.38.0');

  it('makes every check unknown', () => expect(ids(answers, 'unknown')).toHaveLength(breakChecks.length));

  it('names the date of the data', () => {
    for (const { message } of answers) expect(message).toContain('2026-11-28 and knows Kubernetes up to 1.37');
  });

  it('is not one that the data knows', () => expect(ids(outcomes(stock, '1.36.3', '1.37.2'), 'unknown')).toEqual(['break.cadvisor-flags']));
});

describe('a stock cluster', () => {
  it.each(Array.from({ length: 14 }, (_, step) => 23 + step))('fails nothing from 1.%i one minor up', (minor) => {
    expect(ids(outcomes(stock, `1.${minor}.1`, `1.${minor + 1}.1`), 'fail')).toEqual([]);
  });

  it('leaves nothing unknown from 1.35 to 1.36', () => {
    expect(ids(outcomes(stock, '1.35.4', '1.36.3'), 'unknown')).toEqual([]);
  });

  it('asks for no facts about what the way does not cross', () => {
    expect(ids(outcomes(unread, '1.36.1', '1.36.3'), 'unknown')).toEqual([
      'break.registry',
      'break.kmsv1',
      'break.kube-proxy-ipvs',
      'break.ingress-nginx',
      'break.feature-gates',
      'break.removed-flags',
    ]);
  });
});
