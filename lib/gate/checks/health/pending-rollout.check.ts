import type { GateWorkload } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { count } from '../../shared/words.ts';

/** Why a workload is not as its manifest says; undefined when it is. Pods that are merely down are another matter. */
const pendingOf = ({ generation, observedGeneration, updated, replicas, stuck, paused }: GateWorkload): string | undefined => {
  if (stuck !== undefined) return `is stuck: ${stuck}`;
  if (observedGeneration < generation) return 'has a change that no controller has looked at';
  if (updated < replicas) return `${updated} of ${replicas} updated${paused ? ', paused' : ''}`;
  return paused ? 'is paused' : undefined;
};

export const pendingRollout = defineGateCheck({
  id: 'health.pending-rollout',
  category: 'health',
  title: 'No rollout is under way, stuck or paused',
  severity: 'medium',
  why: 'A rollout that has not ended mixes with the moves of the upgrade, and a drain may take the last pods that work.',
  repair: 'Let the rollout end (`kubectl rollout status`), resume it, or undo it.',
  links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status'],
  reads: ['workloads'],
  evaluate: ({ workloads }) => {
    const pending = workloads.flatMap((workload) => {
      const detail = pendingOf(workload);
      return detail === undefined ? [] : [{ kind: workload.kind, namespace: workload.namespace, name: workload.name, detail }];
    });
    if (pending.length > 0) return fails(`Not rolled out: ${namesText(pending)}.`, pending);
    return passes(`${count(workloads.length, 'workload')} rolled out.`);
  },
});
