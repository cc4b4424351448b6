import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { auditPolicyFile } from './audit-policy-file.check.ts';

export const cases = casesFor(auditPolicyFile, [
  { name: 'all flags are given', expect: 'pass', given: apiServer({ 'audit-policy-file': '/pki/audit-policy-file' }) },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: apiServer({ 'audit-policy-file': '' }), says: '(empty)' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'audit-policy-file': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
