import { blindNode, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { etcdManifestOwner } from './etcd-manifest-owner.check.ts';

export const cases = casesFor(etcdManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/etcd.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
