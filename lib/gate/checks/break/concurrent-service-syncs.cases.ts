import { gateCasesFor } from '../../check.ts';
import { concurrentServiceSyncs } from './concurrent-service-syncs.check.ts';
import { controlPlane, settings, unread } from './examples.ts';

const upgrade = '1.36.3 to 1.37.2';

export const cases = gateCasesFor(concurrentServiceSyncs, [
  { name: 'other flags', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  {
    name: 'set on the component',
    upgrade,
    given: { controlPlane: controlPlane({ 'kube-controller-manager': { 'concurrent-service-syncs': 'x' } }), settings: settings() },
    expect: 'fail',
    says: 'kube-system/kube-controller-manager-cp-1',
  },
  {
    name: 'a control plane nobody sees',
    upgrade,
    given: { controlPlane: { read: true, value: [] }, settings: settings() },
    expect: 'unknown',
  },
  { name: 'a way that does not cross it', given: { controlPlane: unread, settings: unread }, expect: 'not-applicable' },
]);
