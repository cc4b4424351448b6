import { exampleMachine, exampleMachineMarks, exampleNode } from '../../shared/examples.ts';
import type { ClusterApiObject } from '../../shared/own-machines.ts';

const nodes = [exampleNode({ annotations: exampleMachineMarks('prod-md-1') })];

/** A cluster that Cluster API makes, with one object of it. */
export const withObject = (changes: Partial<ClusterApiObject>) => ({
  nodes,
  clusterApi: { isInstalled: true, objects: [exampleMachine(changes)] },
});
/** One that nobody but an operator makes. */
export const withoutMachines = { nodes: [exampleNode()], clusterApi: { isInstalled: false, objects: [] } } as const;
/** A management cluster that holds an object of another cluster. */
export const ofAnother = (changes: Partial<ClusterApiObject>) => withObject({ ...changes, cluster: 'other' });
