import { exampleNode, unreadNode } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { cniOwner } from './cni-owner.check.ts';

export const cases = casesFor(cniOwner, [
  {
    name: 'configuration and state are right',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/cni/net.d': 'folder 755',
            '/etc/cni/net.d/10-antrea.conflist': '600',
            '/var/lib/cni/networks/pods/10.1.0.5': '600',
          },
        }),
      ],
    },
    expect: 'pass',
  },
  {
    name: 'a configuration file is wrong',
    given: {
      nodeFiles: [
        exampleNode({ files: { '/etc/cni/net.d/10-antrea.conflist': '600 calico:root', '/etc/cni/net.d/99-loopback.conf': '600' } }),
      ],
    },
    expect: ['fail', 'pass'],
    says: '10-antrea.conflist',
  },
  {
    name: 'files of the state, one per pod, are one finding',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/var/lib/cni/networks/pods/10.1.0.5': '600 calico:root',
            '/var/lib/cni/networks/pods/10.1.0.6': '600 calico:root',
            '/var/lib/cni/networks/pods/last_reserved_ip.0': '600',
          },
        }),
      ],
    },
    expect: ['fail'],
    says: 'let the network plugin write new ones so',
  },
  {
    name: 'k3s keeps them elsewhere',
    given: {
      nodeFiles: [
        exampleNode({ layout: 'k3s', files: { '/var/lib/rancher/k3s/agent/etc/cni/net.d/10-flannel.conflist': '600 calico:root' } }),
      ],
    },
    expect: 'fail',
  },
  { name: 'no plugin keeps anything here', given: { nodeFiles: [exampleNode()] }, expect: 'not-applicable' },
  {
    name: 'more files than are looked at',
    given: {
      nodeFiles: [
        exampleNode({
          files: { '/var/lib/cni/networks/pods/10.1.0.5': '600' },
          unreadable: { '/var/lib/cni/networks': 'more than 300 entries' },
        }),
      ],
    },
    expect: 'unknown',
    says: 'more than 300',
  },
  {
    name: 'the folder could not be read',
    given: { nodeFiles: [exampleNode({ unreadable: { '/etc/cni/net.d': 'the node refused to show it' } })] },
    expect: 'unknown',
  },
  { name: 'a node that could not be looked at', given: { nodeFiles: [unreadNode()] }, expect: 'unknown' },
]);
