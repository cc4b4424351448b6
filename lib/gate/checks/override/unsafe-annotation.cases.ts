import { gateCasesFor } from '../../check.ts';
import { ofAnother, withObject, withoutMachines } from './examples.ts';
import { unsafeAnnotation } from './unsafe-annotation.check.ts';

const annotations = { 'unsafe.topology.cluster.x-k8s.io/disable-update-version-check': '' };

export const cases = gateCasesFor(unsafeAnnotation, [
  { name: 'none', given: withObject({ kind: 'Cluster', name: 'prod', annotations: { 'example.org/team': 'a' } }), expect: 'pass' },
  {
    name: 'the version check is off',
    given: withObject({ kind: 'Cluster', name: 'prod', annotations }),
    expect: 'fail',
    says: 'fleet/prod: unsafe.topology.cluster.x-k8s.io/disable-update-version-check',
  },
  { name: 'of another cluster', given: ofAnother({ kind: 'Cluster', annotations }), expect: 'not-applicable' },
  { name: 'no Cluster API', given: withoutMachines, expect: 'not-applicable' },
]);
