import { gateCasesFor } from '../../check.ts';
import { ofAnother, withObject, withoutMachines } from './examples.ts';
import { paused } from './paused.check.ts';

export const cases = gateCasesFor(paused, [
  { name: 'nothing', given: withObject({}), expect: 'pass' },
  { name: 'the cluster', given: withObject({ kind: 'Cluster', name: 'prod', paused: true }), expect: 'fail', says: 'fleet/prod' },
  { name: 'another cluster', given: ofAnother({ kind: 'Cluster', paused: true }), expect: 'not-applicable' },
  { name: 'no Cluster API', given: withoutMachines, expect: 'not-applicable' },
]);
