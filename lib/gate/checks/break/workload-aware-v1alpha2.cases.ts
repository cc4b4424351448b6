import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { unread } from './examples.ts';
import { workloadAwareV1alpha2 } from './workload-aware-v1alpha2.check.ts';

const upgrade = '1.36.3 to 1.37.2';
const served = seen([{ groupVersion: 'scheduling.k8s.io/v1alpha2', resources: [] }]);
const group = {
  kind: 'PodGroup',
  namespace: 'train',
  name: 'ring',
  oldVersion: 'scheduling.k8s.io/v1alpha2',
  foundBy: 'managed-fields' as const,
};

export const cases = gateCasesFor(workloadAwareV1alpha2, [
  { name: 'not served', upgrade, given: { servedApis: seen([]), oldObjects: seen([]) }, expect: 'pass' },
  { name: 'served, unused', upgrade, given: { servedApis: served, oldObjects: seen([]) }, expect: 'pass' },
  { name: 'an object', upgrade, given: { servedApis: served, oldObjects: seen([group]) }, expect: 'fail', says: 'train/ring' },
  { name: 'before it', given: { servedApis: unread, oldObjects: unread }, expect: 'not-applicable' },
]);
