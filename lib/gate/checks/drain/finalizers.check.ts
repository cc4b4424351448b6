import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { foreignFinalizers } from '../../drain/blockers.ts';
import { isMoved } from '../../drain/moved.ts';
import { podName } from '../../shared/words.ts';

export const finalizers = defineGateCheck({
  id: 'drain.finalizers',
  category: 'drain',
  title: 'No pod waits for a finalizer when it is deleted',
  severity: 'medium',
  why: 'A drain waits for an evicted pod until some other program has taken its finalizer away; if that program moves as well, nobody does.',
  repair: 'Find the program that owns the finalizer and make sure that it runs, with two replicas; then take stale ones away by hand.',
  links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/'],
  reads: ['pods'],
  evaluate: ({ pods }) => {
    const held = pods
      .filter((pod) => isMoved(pod) && foreignFinalizers(pod).length > 0)
      .map((pod) => ({ ...podName(pod), detail: foreignFinalizers(pod).join(', ') }));
    if (held.length === 0) return passes('No pod that moves carries a finalizer of some other program.');
    return fails(`Finalizers hold ${namesText(held)}.`, held);
  },
});
