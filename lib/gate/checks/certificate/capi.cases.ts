import { gateCasesFor } from '../../check.ts';
import { exampleMachine, exampleMachineMarks, exampleNode } from '../../shared/examples.ts';
import { capi } from './capi.check.ts';

const nodes = [exampleNode({ annotations: exampleMachineMarks('prod-md-1') })];
const until = (certificatesExpireAt: string, cluster = 'prod') => ({
  nodes,
  clusterApi: { isInstalled: true, objects: [exampleMachine({ certificatesExpireAt, cluster })] },
});

export const cases = gateCasesFor(capi, [
  { name: 'a year', given: until('2027-11-20T00:00:00Z'), expect: 'pass' },
  { name: 'two weeks', given: until('2026-12-07T12:00:00Z'), expect: 'fail', says: 'fleet/prod-md-1' },
  { name: 'no time', given: until('one day'), expect: 'not-applicable' },
  {
    name: 'a pool, which has no certificates of its own',
    given: { nodes, clusterApi: { isInstalled: true, objects: [exampleMachine({ kind: 'MachineDeployment' })] } },
    expect: 'not-applicable',
  },
  { name: 'machines of another cluster', given: until('2026-12-07T12:00:00Z', 'other'), expect: 'not-applicable' },
  { name: 'no machines', given: { nodes, clusterApi: { isInstalled: false, objects: [] } }, expect: 'not-applicable' },
]);
