import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { auditLogPath } from './audit-log-path.check.ts';

export const cases = casesFor(auditLogPath, [
  { name: 'all flags are given', expect: 'pass', given: apiServer({ 'audit-log-path': '/pki/audit-log-path' }) },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: apiServer({ 'audit-log-path': '' }), says: '(empty)' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'audit-log-path': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
