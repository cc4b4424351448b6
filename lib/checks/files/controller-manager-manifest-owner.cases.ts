import { blindNode, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { controllerManagerManifestOwner } from './controller-manager-manifest-owner.check.ts';

export const cases = casesFor(controllerManagerManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/kube-controller-manager.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
