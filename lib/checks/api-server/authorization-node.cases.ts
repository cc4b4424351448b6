import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { authorizationNode } from './authorization-node.check.ts';

export const cases = casesFor(authorizationNode, [
  { name: 'Node and RBAC', expect: 'pass', given: apiServer({ 'authorization-mode': 'Node,RBAC' }) },
  { name: 'RBAC alone', expect: 'fail', given: apiServer({ 'authorization-mode': 'RBAC' }) },
  { name: 'a name that only begins so', expect: 'fail', given: apiServer({ 'authorization-mode': 'NodeX,RBAC' }) },
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
