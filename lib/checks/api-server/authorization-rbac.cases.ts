import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { authorizationRbac } from './authorization-rbac.check.ts';

export const cases = casesFor(authorizationRbac, [
  { name: 'Node and RBAC', expect: 'pass', given: apiServer({ 'authorization-mode': 'Node,RBAC' }) },
  { name: 'Node and a webhook', expect: 'fail', given: apiServer({ 'authorization-mode': 'Node,Webhook' }) },
  { name: 'given twice; both lists count', expect: 'pass', given: apiServer({ 'authorization-mode': ['Node', 'RBAC'] }) },
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
