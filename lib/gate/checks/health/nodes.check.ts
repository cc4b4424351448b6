import type { GateNode } from '../../../core/gate/index.ts';
import { readTime } from '../../../core/time.ts';
import { defineGateCheck, fails, isUnknown, namesText, passes } from '../../check.ts';
import { count } from '../../shared/words.ts';

/** Kubelets renew their lease every 10 s; older than this one has missed several. */
const oldestMs = 40_000;

/** How long before the newest lease of the cluster each was renewed: leases carry the clocks of nodes, which say nothing against ours. */
const silenceOf = (nodes: readonly GateNode[]): ((node: GateNode) => number | undefined) => {
  const renewedAt = ({ leaseRenewedAt }: GateNode) => readTime(leaseRenewedAt ?? '');
  const newest = nodes.reduce((latest, node) => Math.max(latest, renewedAt(node) ?? latest), Number.NEGATIVE_INFINITY);
  return (node) => {
    const at = renewedAt(node);
    return at === undefined ? undefined : newest - at;
  };
};

export const nodes = defineGateCheck({
  id: 'health.nodes',
  category: 'health',
  title: 'Every node is ready and reports',
  severity: 'critical',
  why: 'A node that is not ready is not drained cleanly, cannot take the pods of others, and hides whether the upgrade harmed it.',
  repair: 'Look at the conditions with `kubectl describe node`, and repair or remove the node.',
  links: ['https://kubernetes.io/docs/reference/node/node-status/'],
  reads: ['nodes'],
  evaluate: ({ nodes: all }) => {
    if (all.length === 0) return isUnknown('The cluster lists no node.');
    const silence = silenceOf(all);
    const hasLeases = all.some((node) => silence(node) !== undefined);
    const detailOf = (node: GateNode): string | undefined => {
      if (!node.ready) return 'is not ready';
      const ms = silence(node);
      if (ms === undefined) return hasLeases ? 'is ready but renews no lease' : undefined;
      return ms > oldestMs ? `last renewed its lease ${Math.round(ms / 1000)} s before others did` : undefined;
    };
    const bad = all.flatMap((node) => {
      const detail = detailOf(node);
      return detail === undefined ? [] : [{ kind: 'Node', name: node.name, detail }];
    });
    if (bad.length > 0) return fails(`Of ${count(all.length, 'node')}, not ready or silent: ${namesText(bad)}.`, bad);
    return passes(`${count(all.length, 'node')} ready${hasLeases ? ', leases renewed' : '; leases were not seen'}.`);
  },
});
