import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { persistentVolumeCreation } from './persistent-volume-creation.check.ts';

const holds = (given: ReturnType<typeof rule>) => ({ rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')])]) });
export const cases = casesFor(persistentVolumeCreation, [
  ...casesOfRight(rule(['create'], '', ['persistentvolumes']), 'cluster'),
  { name: 'reading volumes', expect: 'pass', given: holds(rule(['get'], '', ['persistentvolumes'])) },
  { name: 'creating claims', expect: 'pass', given: holds(rule(['create'], '', ['persistentvolumeclaims'])) },
]);
