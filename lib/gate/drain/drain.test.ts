import { describe, expect, it } from 'vitest';
import { exampleBudget, exampleControlPlane, exampleNode, examplePod, nakedPod } from '../shared/examples.ts';
import { blockersOf } from './blockers.ts';
import { inRepaveOrder, podsMovedByNode, podsMovedFrom } from './moved.ts';

const names = (things: readonly { readonly name: string }[]) => things.map(({ name }) => name);
const worker = exampleNode();

describe('podsMovedFrom', () => {
  const pods = [
    examplePod({ name: 'front-1' }),
    examplePod({ name: 'elsewhere', node: 'worker-2' }),
    examplePod({ name: 'agent', owner: { kind: 'DaemonSet', name: 'agent' } }),
    nakedPod({ name: 'kube-proxy-static', isMirror: true }),
    examplePod({ name: 'skipped', labels: { 'cluster.x-k8s.io/drain': 'skip' } }),
    examplePod({ name: 'waited-for', labels: { 'cluster.x-k8s.io/drain': 'wait-completed' } }),
    nakedPod({ name: 'naked' }),
  ];

  it('takes what a drain takes', () => expect(names(podsMovedFrom(worker, pods))).toEqual(['front-1', 'waited-for', 'naked']));

  it('says the same of all nodes at once', () => {
    const { node: _, ...unscheduled } = examplePod({ name: 'nowhere', phase: 'Pending' });
    const all = podsMovedByNode([...pods, unscheduled]);
    expect(all.get('worker-1')).toEqual(podsMovedFrom(worker, pods));
    expect(names(all.get('worker-2') ?? [])).toEqual(['elsewhere']);
  });
});

describe('blockersOf', () => {
  const none = exampleBudget({ disruptionsAllowed: 0, currentHealthy: 0 });
  const kinds = (pod = examplePod(), budgets = [none]) => blockersOf(worker, { pods: [pod], budgets }).map(({ kind, by }) => [kind, ...by]);

  it.each([
    ['a budget that allows nothing', examplePod(), [none], [['budget', 'shop/front']]],
    ['a budget that allows one', examplePod(), [exampleBudget()], []],
    ['a budget of another namespace', examplePod({ namespace: 'other' }), [none], []],
    ['a budget that selects nothing', examplePod(), [exampleBudget({ selector: null, disruptionsAllowed: 0 })], []],
    [
      'a budget that selects everything',
      examplePod(),
      [exampleBudget({ selector: {}, disruptionsAllowed: 0 })],
      [['budget', 'shop/front']],
    ],
    [
      'two budgets, both generous',
      examplePod(),
      [exampleBudget(), exampleBudget({ name: 'all', selector: {} })],
      [['several-budgets', 'shop/front', 'shop/all']],
    ],
    ['a pod that is still pending', examplePod({ phase: 'Pending', ready: false }), [none], []],
    ['a pod that is not ready', examplePod({ ready: false }), [none], [['budget', 'shop/front']]],
    [
      'the same, let go by the budget',
      examplePod({ ready: false }),
      [exampleBudget({ disruptionsAllowed: 0, unhealthyPodEvictionPolicy: 'AlwaysAllow' })],
      [],
    ],
    [
      'the same, with enough healthy ones beside it',
      examplePod({ ready: false }),
      [exampleBudget({ disruptionsAllowed: 0, currentHealthy: 1 })],
      [],
    ],
    ['a pod of a DaemonSet', examplePod({ owner: { kind: 'DaemonSet', name: 'front' } }), [none], []],
    ['a finalizer', examplePod({ finalizers: ['shop.example/billing'] }), [], [['finalizer', 'shop.example/billing']]],
    ['the finalizer of Jobs', examplePod({ finalizers: ['batch.kubernetes.io/job-tracking'] }), [], []],
    ['a naked pod', nakedPod(), [], [['naked']]],
  ])('%s', (_what, pod, budgets, expected) => expect(kinds(pod, [...budgets])).toEqual(expected));
});

it('replaces the control plane first, then pool by pool, and counts as people do', () => {
  const nodes = [
    exampleNode({ name: 'b-1', pool: 'b' }),
    exampleNode({ name: 'a-10', pool: 'a' }),
    exampleNode({ name: 'a-2', pool: 'a' }),
    exampleControlPlane({ name: 'z-cp' }),
  ];
  expect(names(inRepaveOrder(nodes))).toEqual(['z-cp', 'a-2', 'a-10', 'b-1']);
});
