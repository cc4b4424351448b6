import { defineGateCheck, fails, namesText, passes } from '../../check.ts';

export const pressure = defineGateCheck({
  id: 'health.pressure',
  category: 'health',
  title: 'No node is short of memory, disk, processes or network',
  severity: 'high',
  why: 'A node under pressure evicts pods and cannot take those that a drain moves to it; a full disk also stops the images of the new version.',
  repair: 'Free what is short on the node, or add a node, until the condition is gone.',
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/'],
  reads: ['nodes'],
  evaluate: ({ nodes }) => {
    const short = nodes
      .filter((node) => node.pressure.length > 0)
      .map((node) => ({ kind: 'Node', name: node.name, detail: node.pressure.join(', ') }));
    if (short.length === 0) return passes('No node is under pressure.');
    const conditions = [...new Set(nodes.flatMap((node) => node.pressure))].join(', ');
    return fails(`Under pressure (${conditions}): ${namesText(short)}.`, short);
  },
});
