import { exampleNode, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { adminKubeconfigMode } from './admin-kubeconfig-mode.check.ts';

export const cases = casesFor(adminKubeconfigMode, [
  ...modeCases('/etc/kubernetes/admin.conf', '600', '640'),
  {
    name: 'both files, one of them wrong',
    given: { nodeFiles: [exampleNode({ files: { '/etc/kubernetes/admin.conf': '600', '/etc/kubernetes/super-admin.conf': '644' } })] },
    expect: ['pass', 'fail'],
    says: 'super-admin.conf has mode 644',
  },
  {
    name: 'the copy that k3s makes for people',
    given: {
      nodeFiles: [
        exampleNode({
          layout: 'k3s',
          argv: { k3s: [] },
          files: { '/etc/rancher/k3s/k3s.yaml': '644', '/var/lib/rancher/k3s/server/cred/admin.kubeconfig': '600' },
        }),
      ],
    },
    expect: ['fail', 'pass'],
  },
  { name: 'none is kept on the node', given: { nodeFiles: [exampleNode()] }, expect: 'not-applicable' },
  {
    name: 'it could not be read',
    given: { nodeFiles: [exampleNode({ unreadable: { '/etc/kubernetes/admin.conf': 'the node refused to show it' } })] },
    expect: 'unknown',
  },
]);
