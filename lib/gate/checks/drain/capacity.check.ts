import { defineGateCheck, doesNotApply, fails, type Named, namesText, passes } from '../../check.ts';
import { type Homeless, homelessPods } from '../../drain/placement.ts';
import { count } from '../../shared/words.ts';

const nodeWith = (name: string, homeless: readonly Homeless[]): Named => {
  const pods = homeless.map(({ pod: { namespace, name: own } }) => ({ kind: 'Pod', namespace, name: own }));
  const hasRoomOnly = homeless.every(({ lacks }) => lacks === 'room');
  return {
    kind: 'Node',
    name,
    detail: `${namesText(pods, 3)}: ${hasRoomOnly ? 'no room elsewhere' : 'no other node may take them, or none has room'}`,
  };
};

export const capacity = defineGateCheck({
  id: 'drain.capacity',
  category: 'drain',
  title: 'The pods of each node fit on the others',
  severity: 'medium',
  why: 'While a node is away its pods must run somewhere else; those that find no place are down until it is back.',
  repair: 'Add a node for the time of the upgrade, or let the rollout add one first (`maxSurge: 1`); free requests that nobody uses.',
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/'],
  reads: ['nodes', 'pods'],
  evaluate: ({ nodes, pods }) => {
    if (nodes.length === 0) return doesNotApply('The cluster lists no node.');
    const homeless = Map.groupBy(homelessPods(nodes, pods), ({ node }) => node);
    if (homeless.size === 0) return passes('By requests, taints and node selectors, the pods of each node fit on the others.');
    const named = [...homeless].map(([name, own]) => nodeWith(name, own));
    const total = [...homeless.values()].flat().length;
    return fails(`By a coarse estimate, ${count(total, 'pod')} find no place while their node is away: ${namesText(named)}.`, named);
  },
});
