import type { GateNode } from '../../../core/gate/index.ts';
import { defineGateCheck, doesNotApply, fails, isUnknown, namesText, passes } from '../../check.ts';
import { refusedEvictions } from '../../drain/budgets.ts';
import { machineOf, nameOnly, ownObjects } from '../../shared/own-machines.ts';

const nodesNamed = (nodes: readonly GateNode[]) => namesText(nodes.map(({ name }) => ({ kind: 'Node', name })));

export const unbounded = defineGateCheck({
  id: 'drain.unbounded',
  category: 'drain',
  title: 'No drain waits for ever on a budget that allows nothing',
  severity: 'critical',
  why: 'Cluster API drains without a limit unless `nodeDrainTimeoutSeconds` says one, so that a budget which lets no pod go stops the rollout for good.',
  repair: 'Loosen the budget, or set `nodeDrainTimeoutSeconds` (with v1beta1 `nodeDrainTimeout`) where the machines are defined.',
  links: ['https://cluster-api.sigs.k8s.io/tasks/automated-machine-management/machine_deletions'],
  reads: ['clusterApi', 'nodes', 'pods', 'budgets'],
  evaluate: ({ clusterApi, nodes, pods, budgets }) => {
    const made = nodes.filter((node) => machineOf(node) !== undefined);
    if (made.length === 0) return doesNotApply('No node runs on a machine of Cluster API.');
    const refused = new Set(refusedEvictions(pods, budgets).map(({ pod }) => pod.node));
    const stuck = made.filter(({ name }) => refused.has(name));
    if (stuck.length === 0) return passes('No budget keeps a pod on a machine of Cluster API.');
    const machines = new Map(ownObjects(clusterApi, nodes).map((object) => [`${object.kind}/${object.name}`, object]));
    const found = stuck.map((node) => ({ node, machine: machines.get(`Machine/${machineOf(node)}`) }));
    const endless = found.flatMap(({ node, machine }) =>
      machine && !machine.nodeDrainTimeoutSeconds ? [{ ...nameOnly(machine), detail: `drains ${node.name} without a limit` }] : [],
    );
    if (endless.length > 0) return fails(`Budgets let no pod go, and drains have no limit: ${namesText(endless)}.`, endless);
    const hidden = found.flatMap(({ node, machine }) => (machine ? [] : [node]));
    if (hidden.length > 0)
      return isUnknown(
        `Budgets keep pods on ${nodesNamed(hidden)}, and the machines, with the limits of their drains, are kept in another cluster.`,
      );
    return passes(`Budgets keep pods on ${nodesNamed(stuck)}, but the drains have a limit.`);
  },
});
