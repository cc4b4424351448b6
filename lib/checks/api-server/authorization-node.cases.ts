import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { exampleNode } from '../../../test/support/node-files.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { authorizationNode } from './authorization-node.check.ts';

const nodeFiles = unseen('Files on nodes were not asked for.');
const path = '/etc/kubernetes/authz.yaml';
/** An API server on cp1 with these authorisers in a file. */
const authorizers = (...types: readonly string[]) => ({
  ...apiServer({ 'authorization-config': path }),
  nodeFiles: seen([
    exampleNode({
      documents: {
        [path]: `apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n${types.map((type) => `- type: ${type}\n  name: x\n`).join('')}`,
      },
    }),
  ]),
});

export const cases = casesFor(authorizationNode, [
  { name: 'Node and RBAC', expect: 'pass', given: { ...apiServer({ 'authorization-mode': 'Node,RBAC' }), nodeFiles } },
  { name: 'RBAC alone', expect: 'fail', given: { ...apiServer({ 'authorization-mode': 'RBAC' }), nodeFiles } },
  { name: 'a name that only begins so', expect: 'fail', given: { ...apiServer({ 'authorization-mode': 'NodeX,RBAC' }), nodeFiles } },
  { name: 'not set, so everything is allowed', expect: 'fail', given: { ...apiServer({}), nodeFiles }, says: 'AlwaysAllow' },
  {
    name: 'authorisers are in a file',
    expect: 'manual',
    given: { ...apiServer({ 'authorization-config': '/etc/kubernetes/authz.yaml' }), nodeFiles },
    says: 'authz.yaml',
  },
  { name: 'a file that was read, and is right', expect: 'pass', given: authorizers('Node', 'RBAC'), says: 'authz.yaml, authorizers' },
  { name: 'a file that was read, and is wrong', expect: 'fail', given: authorizers('RBAC') },
  { name: 'a file that names none is not understood', expect: 'manual', given: authorizers(), says: 'is not understood' },
  {
    name: 'the process tells its list in brackets',
    expect: 'pass',
    given: {
      ...controlPlane([], { apiServerFlagz: flagz({ 'authorization-mode': '[Node,RBAC]', 'authorization-config': '' }) }),
      nodeFiles,
    },
  },
]);
