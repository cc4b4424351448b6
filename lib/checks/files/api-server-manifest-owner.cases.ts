import { blindNode, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { apiServerManifestOwner } from './api-server-manifest-owner.check.ts';

export const cases = casesFor(apiServerManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/kube-apiserver.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
