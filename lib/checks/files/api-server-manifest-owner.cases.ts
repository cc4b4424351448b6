import { casesFor } from '../check.ts';
import { blindNode, ownerCases } from '../shared/example-nodes.ts';
import { apiServerManifestOwner } from './api-server-manifest-owner.check.ts';

export const cases = casesFor(apiServerManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/kube-apiserver.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
