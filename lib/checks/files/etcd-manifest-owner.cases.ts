import { casesFor } from '../check.ts';
import { blindNode, ownerCases } from '../shared/example-nodes.ts';
import { etcdManifestOwner } from './etcd-manifest-owner.check.ts';

export const cases = casesFor(etcdManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/etcd.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
