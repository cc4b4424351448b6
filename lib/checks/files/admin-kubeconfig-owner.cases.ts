import { exampleNode, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { adminKubeconfigOwner } from './admin-kubeconfig-owner.check.ts';

export const cases = casesFor(adminKubeconfigOwner, [
  ...ownerCases('/etc/kubernetes/admin.conf'),
  { name: 'none is kept on the node', given: { nodeFiles: [exampleNode()] }, expect: 'not-applicable' },
]);
