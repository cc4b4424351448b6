import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { count } from '../../shared/words.ts';

export const singleReplica = defineGateCheck({
  id: 'drain.single-replica',
  category: 'drain',
  title: 'Every workload has a second replica',
  severity: 'low',
  why: 'A workload with one replica is down from the eviction of its pod until the next one is ready.',
  repair: 'Run two replicas, spread over nodes, or accept the gap and upgrade when nobody needs the workload.',
  links: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  reads: ['workloads'],
  evaluate: ({ workloads }) => {
    const single = workloads
      .filter(({ kind, replicas }) => kind !== 'DaemonSet' && replicas === 1)
      .map(({ kind, namespace, name }) => ({ kind, namespace, name, detail: '1 replica' }));
    if (single.length === 0) return passes('No workload has a single replica.');
    return fails(`Down while their pod moves, ${count(single.length, 'workload')}: ${namesText(single)}.`, single);
  },
});
