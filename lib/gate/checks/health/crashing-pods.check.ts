import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { byOwner, count, isOrAre } from '../../shared/words.ts';

/** A container waits for these while all is well. */
const harmless = new Set(['ContainerCreating', 'PodInitializing']);

export const crashingPods = defineGateCheck({
  id: 'health.crashing-pods',
  category: 'health',
  title: 'No pod crashes over and over or lacks its image',
  severity: 'low',
  why: 'What crashes before the upgrade crashes after it, and is then taken for its fault; an image that cannot be pulled here cannot be pulled on a new node.',
  repair: 'Look at the pods with `kubectl describe pod` and `kubectl logs --previous`; repair them or scale them away.',
  links: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/'],
  reads: ['pods'],
  evaluate: ({ pods }) => {
    const crashing = pods.filter(({ waiting }) => waiting !== undefined && !harmless.has(waiting));
    if (crashing.length === 0) return passes('No pod waits for a container that fails.');
    const named = byOwner(
      crashing,
      (some) => `${count(some.length, 'pod')}: ${[...new Set(some.map(({ waiting }) => waiting))].join(', ')}`,
    );
    return fails(`${count(crashing.length, 'pod')} ${isOrAre(crashing.length)} crashing or not starting, of ${namesText(named)}.`, named);
  },
});
