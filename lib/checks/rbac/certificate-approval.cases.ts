import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { certificateApproval } from './certificate-approval.check.ts';

const holds = (given: ReturnType<typeof rule>) => ({ rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')])]) });
export const cases = casesFor(certificateApproval, [
  ...casesOfRight(rule(['update'], 'certificates.k8s.io', ['certificatesigningrequests/approval']), 'cluster'),
  { name: 'patch alone', expect: 'fail', given: holds(rule(['patch'], 'certificates.k8s.io', ['*/approval'])) },
  { name: 'making requests', expect: 'pass', given: holds(rule(['create'], 'certificates.k8s.io', ['certificatesigningrequests'])) },
  {
    name: 'reading approvals',
    expect: 'pass',
    given: holds(rule(['get'], 'certificates.k8s.io', ['certificatesigningrequests/approval'])),
  },
]);
