import { gateCasesFor } from '../../check.ts';
import { exampleMachine, exampleMachineMarks, exampleNode } from '../../shared/examples.ts';
import { machines } from './machines.check.ts';

const nodes = [exampleNode({ annotations: exampleMachineMarks('prod-md-1') })];
const sick = { Ready: { status: 'False', reason: 'NodeNotHealthy' } };
const among = (...objects: readonly Parameters<typeof exampleMachine>[0][]) => ({
  clusterApi: { isInstalled: true, objects: objects.map((changes) => exampleMachine(changes)) },
  nodes,
});
const pool = { kind: 'MachineDeployment', name: 'prod-md', replicas: 3, readyReplicas: 3 };

export const cases = gateCasesFor(machines, [
  { name: 'all well', given: among({}), expect: 'pass' },
  { name: 'a machine that is not ready', given: among({ conditions: sick }), expect: 'fail', says: 'Ready=False (NodeNotHealthy)' },
  { name: 'a sick machine of another cluster', given: among({}, { cluster: 'other', conditions: sick }), expect: 'pass' },
  { name: 'a machine that goes', given: among({ deleting: true }), expect: 'fail', says: 'is being deleted' },
  { name: 'a pool that is whole', given: among(pool), expect: 'pass' },
  { name: 'a pool that lacks one', given: among({ ...pool, readyReplicas: 2 }), expect: 'fail', says: '2 of 3 ready' },
  {
    name: 'a rollout under way',
    given: among({ ...pool, conditions: { RollingOut: { status: 'True', reason: 'RollingOut' } } }),
    expect: 'fail',
    says: 'RollingOut=True"',
  },
  {
    name: 'a cluster that is held back',
    given: among({
      kind: 'Cluster',
      name: 'prod',
      conditions: { TopologyReconciled: { status: 'False', reason: 'LifecycleHookBlocking' } },
    }),
    expect: 'pass',
  },
  { name: 'a condition nobody can tell', given: among({ conditions: { EtcdMemberHealthy: { status: 'Unknown' } } }), expect: 'fail' },
  {
    name: 'a management cluster that another tool made',
    given: { ...among({ conditions: sick }), nodes: [exampleNode()] },
    expect: 'not-applicable',
  },
]);
