import { exampleNode, unreadNode } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { etcdDataOwner } from './etcd-data-owner.check.ts';

export const cases = casesFor(etcdDataOwner, [
  { name: 'etcd and etcd', given: { nodeFiles: [exampleNode({ files: { '/var/lib/etcd': 'folder 700 etcd:etcd' } })] }, expect: 'pass' },
  {
    name: 'root, as stock kubeadm has it',
    given: { nodeFiles: [exampleNode({ files: { '/var/lib/etcd': 'folder 700' } })] },
    expect: 'fail',
    says: 'a waiver is a fair answer',
  },
  {
    name: 'a number without a name',
    given: { nodeFiles: [exampleNode({ files: { '/var/lib/etcd': 'folder 700 60:60' } })] },
    expect: 'fail',
    says: 'belongs to 60:60',
  },
  { name: 'another group', given: { nodeFiles: [exampleNode({ files: { '/var/lib/etcd': 'folder 700 etcd:root' } })] }, expect: 'fail' },
  {
    name: 'etcd inside k3s',
    given: {
      nodeFiles: [exampleNode({ layout: 'k3s', argv: { k3s: [] }, files: { '/var/lib/rancher/k3s/server/db/etcd': 'folder 700' } })],
    },
    expect: 'not-applicable',
  },
  { name: 'etcd runs elsewhere', given: { nodeFiles: [exampleNode({ argv: { kubelet: [] } })] }, expect: 'not-applicable' },
  { name: 'a node that could not be looked at', given: { nodeFiles: [unreadNode()] }, expect: 'unknown' },
]);
