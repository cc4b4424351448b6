import { gateCasesFor } from '../../check.ts';
import { exampleBudget, exampleMachine, exampleMachineMarks, exampleNode, examplePod } from '../../shared/examples.ts';
import { unbounded } from './unbounded.check.ts';

const nodes = [exampleNode({ annotations: exampleMachineMarks('prod-md-1') })];
const closed = [exampleBudget({ disruptionsAllowed: 0 })];
const pods = [examplePod()];
const withMachine = (nodeDrainTimeoutSeconds?: number) => ({
  isInstalled: true,
  objects: [exampleMachine(nodeDrainTimeoutSeconds === undefined ? {} : { nodeDrainTimeoutSeconds })],
});
const elsewhere = { isInstalled: false, objects: [] };

export const cases = gateCasesFor(unbounded, [
  {
    name: 'no limit, and a budget that lets none go',
    given: { clusterApi: withMachine(), nodes, pods, budgets: closed },
    expect: 'fail',
    says: 'fleet/prod-md-1',
  },
  {
    name: 'a limit of 0, which is none',
    given: { clusterApi: withMachine(0), nodes, pods, budgets: closed },
    expect: 'fail',
    says: 'drains worker-1 without a limit',
  },
  { name: 'a limit', given: { clusterApi: withMachine(600), nodes, pods, budgets: closed }, expect: 'pass', says: 'have a limit' },
  {
    name: 'no limit, and budgets that let go',
    given: { clusterApi: withMachine(), nodes, pods, budgets: [exampleBudget()] },
    expect: 'pass',
  },
  {
    name: 'budgets that keep pods of other nodes',
    given: { clusterApi: withMachine(), nodes, pods: [examplePod({ node: 'worker-9' })], budgets: closed },
    expect: 'pass',
  },
  { name: 'machines that another cluster keeps', given: { clusterApi: elsewhere, nodes, pods, budgets: closed }, expect: 'unknown' },
  {
    name: 'nodes that Cluster API did not make',
    given: { clusterApi: withMachine(), nodes: [exampleNode()], pods, budgets: closed },
    expect: 'not-applicable',
  },
]);
