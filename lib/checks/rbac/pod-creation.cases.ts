import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { podCreation } from './pod-creation.check.ts';

const holds = (given: ReturnType<typeof rule>) => ({ rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')])]) });
export const cases = casesFor(podCreation, [
  ...casesOfRight(rule(['create'], '', ['pods']), 'namespaced'),
  { name: 'reading pods', expect: 'pass', given: holds(rule(['get', 'list'], '', ['pods'])) },
  { name: 'a sub-resource of pods', expect: 'pass', given: holds(rule(['create'], '', ['pods/exec'])) },
  { name: 'a rule limited to names, which creation never matches', expect: 'pass', given: holds(rule(['create'], '', ['pods'], ['x'])) },
]);
