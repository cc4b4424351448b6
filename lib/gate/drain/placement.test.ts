import { describe, expect, it } from 'vitest';
import { exampleControlPlane, exampleNode, examplePod } from '../shared/examples.ts';
import { homelessPods, isAdmitted } from './placement.ts';

describe('isAdmitted', () => {
  const node = exampleNode({
    labels: { disk: 'ssd' },
    taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }],
  });
  it.each([
    ['no toleration', {}, false],
    ['the taint', { tolerations: [{ key: 'team', value: 'a' }] }, true],
    ['the taint, with its effect', { tolerations: [{ key: 'team', operator: 'Equal', value: 'a', effect: 'NoSchedule' }] }, true],
    ['another effect', { tolerations: [{ key: 'team', value: 'a', effect: 'NoExecute' }] }, false],
    ['another value', { tolerations: [{ key: 'team', value: 'b' }] }, false],
    ['any value', { tolerations: [{ key: 'team', operator: 'Exists' }] }, true],
    ['anything', { tolerations: [{ operator: 'Exists' }] }, true],
    ['an operator not known here', { tolerations: [{ key: 'team', operator: 'Gt', value: 'a' }] }, false],
    ['a label it has', { tolerations: [{ operator: 'Exists' }], nodeSelector: { disk: 'ssd' } }, true],
    ['a label it lacks', { tolerations: [{ operator: 'Exists' }], nodeSelector: { disk: 'hdd' } }, false],
  ])('%s', (_what, changes, expected) => expect(isAdmitted(examplePod(changes), node)).toBe(expected));

  it('a taint that only prefers', () =>
    expect(isAdmitted(examplePod(), exampleNode({ taints: [{ key: 'team', effect: 'PreferNoSchedule' }] }))).toBe(true));
});

describe('homelessPods', () => {
  const workers = [exampleNode(), exampleNode({ name: 'worker-2' })];
  const told = (...given: Parameters<typeof homelessPods>) => homelessPods(...given).map(({ pod, node, lacks }) => [pod.name, node, lacks]);
  const big = (name: string, node: string, requestedMemory: number) => examplePod({ name, node, requestedMemory });

  it('finds room for all on the other node', () =>
    expect(told(workers, [big('a', 'worker-1', 3e9), big('b', 'worker-2', 3e9)])).toEqual([]));

  it('tells each node that cannot be spared', () =>
    expect(told(workers, [big('a', 'worker-1', 5e9), big('b', 'worker-2', 5e9)])).toEqual([
      ['a', 'worker-1', 'room'],
      ['b', 'worker-2', 'room'],
    ]));

  it('fills a node only once', () =>
    expect(told(workers, [big('a', 'worker-1', 3e9), big('b', 'worker-1', 5e9), big('c', 'worker-1', 1e9)])).toEqual([
      ['c', 'worker-1', 'room'],
    ]));

  it('looks no further than it must, and past pods that have no node', () => {
    const { node: _, ...unscheduled } = examplePod({ name: 'waiting', phase: 'Pending' });
    const many = Array.from({ length: 5 }, (_one, at) => exampleNode({ name: `w-${at}` }));
    expect(told([exampleNode(), ...many], [examplePod(), unscheduled])).toEqual([]);
  });

  it('counts pods', () =>
    expect(
      told([exampleNode(), exampleNode({ name: 'worker-2', allocatablePods: 1 })], [examplePod({ name: 'a' }), examplePod({ name: 'b' })]),
    ).toEqual([['b', 'worker-1', 'room']]));

  it('keeps off cordoned, unready and tainted nodes', () => {
    const others = [exampleNode({ name: 'w-2', cordoned: true }), exampleNode({ name: 'w-3', ready: false }), exampleControlPlane()];
    expect(told([exampleNode(), ...others], [examplePod({ name: 'a' })])).toEqual([['a', 'worker-1', 'place']]);
  });

  it('lets a pod that asks for nothing onto a node that is overdrawn', () => {
    const pods = [big('a', 'worker-2', 9e9), examplePod({ name: 'b', requestedCpu: 0, requestedMemory: 0 })];
    expect(told(workers, pods)).toEqual([['a', 'worker-2', 'room']]);
  });
});
