import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { isMoved } from '../../drain/moved.ts';
import { byOwner, count } from '../../shared/words.ts';

export const toleratesUnschedulable = defineGateCheck({
  id: 'drain.tolerates-unschedulable',
  category: 'drain',
  title: 'No pod is put back on a node that is being drained',
  severity: 'low',
  why: 'A pod that tolerates `node.kubernetes.io/unschedulable` is not drained by Cluster API and Palette, or comes back to the node it was taken from, and dies with it.',
  repair: 'Tolerate only the taints the workload must live with, or make it a DaemonSet.',
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/'],
  reads: ['pods'],
  evaluate: ({ pods }) => {
    const staying = pods.filter((pod) => pod.toleratesUnschedulable && isMoved(pod));
    if (staying.length === 0) return passes('No pod that a drain moves tolerates cordoned nodes.');
    const named = byOwner(staying, (own) => count(own.length, 'pod'));
    return fails(`Cordoned nodes are tolerated by pods of ${namesText(named)}.`, named);
  },
});
