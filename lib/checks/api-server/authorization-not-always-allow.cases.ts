import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { authorizationNotAlwaysAllow } from './authorization-not-always-allow.check.ts';

export const cases = casesFor(authorizationNotAlwaysAllow, [
  { name: 'Node and RBAC', expect: 'pass', given: apiServer({ 'authorization-mode': 'Node,RBAC' }) },
  { name: 'AlwaysAllow among others', expect: 'fail', given: apiServer({ 'authorization-mode': 'Node,RBAC,AlwaysAllow' }) },
  { name: 'given twice; both lists count', expect: 'fail', given: apiServer({ 'authorization-mode': ['Node,RBAC', 'AlwaysAllow'] }) },
  { name: 'not set, so everything is allowed', expect: 'fail', given: apiServer({}), says: 'AlwaysAllow' },
  {
    name: 'authorisers are in a file',
    expect: 'manual',
    given: apiServer({ 'authorization-config': '/etc/kubernetes/authz.yaml' }),
    says: 'authz.yaml',
  },
  {
    name: 'the process tells its list in brackets',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'authorization-mode': '[Node,RBAC]', 'authorization-config': '' }) }),
  },
]);
