import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { count } from '../../shared/words.ts';

export const cordoned = defineGateCheck({
  id: 'health.cordoned',
  category: 'health',
  title: 'No node is in maintenance',
  severity: 'medium',
  why: 'A cordoned node takes no pods of others, so that there is less room to drain into, and somebody may be at work on it.',
  repair: 'End the maintenance and `kubectl uncordon` the node, or remove it.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/'],
  reads: ['nodes'],
  evaluate: ({ nodes }) => {
    const away = nodes.filter((node) => node.cordoned).map(({ name }) => ({ kind: 'Node', name, detail: 'is cordoned' }));
    if (away.length === 0) return passes('No node is cordoned.');
    return fails(`Cordoned, ${count(away.length, 'node')} of ${nodes.length}: ${namesText(away)}.`, away);
  },
});
