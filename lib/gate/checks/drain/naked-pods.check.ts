import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { isMoved } from '../../drain/moved.ts';
import { podName } from '../../shared/words.ts';

export const nakedPods = defineGateCheck({
  id: 'drain.naked-pods',
  category: 'drain',
  title: 'Something starts every pod again',
  severity: 'medium',
  why: 'A pod without a controller is gone after the drain of its node, and `kubectl drain` refuses it without `--force`.',
  repair: 'Run it by a Deployment, a StatefulSet or a Job, or delete it if nobody needs it.',
  links: ['https://kubernetes.io/docs/concepts/workloads/pods/#pods-and-controllers'],
  reads: ['pods'],
  evaluate: ({ pods }) => {
    const naked = pods.filter((pod) => pod.owner === undefined && isMoved(pod)).map(podName);
    return naked.length > 0 ? fails(`Without a controller: ${namesText(naked)}.`, naked) : passes('Every pod has a controller.');
  },
});
