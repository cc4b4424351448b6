import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { webhookConfiguration } from './webhook-configuration.check.ts';

const holds = (given: ReturnType<typeof rule>) => ({ rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')])]) });
export const cases = casesFor(webhookConfiguration, [
  ...casesOfRight(rule(['update'], 'admissionregistration.k8s.io', ['mutatingwebhookconfigurations']), 'cluster'),
  {
    name: 'deleting validating ones',
    expect: 'fail',
    given: holds(rule(['delete'], 'admissionregistration.k8s.io', ['validatingwebhookconfigurations'])),
  },
  {
    name: 'its own configuration',
    expect: 'pass',
    given: holds(rule(['update'], 'admissionregistration.k8s.io', ['mutatingwebhookconfigurations'], ['me'])),
    says: 'resourceNames [me]',
  },
  {
    name: 'reading',
    expect: 'pass',
    given: holds(rule(['get', 'list', 'watch'], 'admissionregistration.k8s.io', ['mutatingwebhookconfigurations'])),
  },
]);
