import { exampleNode, exampleWorker, unreadNode } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { pkiKeyMode } from './pki-key-mode.check.ts';

export const cases = casesFor(pkiKeyMode, [
  {
    name: 'all are right: one answer, on the folder',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.key': '600',
            '/etc/kubernetes/pki/etcd/ca.key': '400',
            '/etc/kubernetes/pki/ca.crt': '644',
          },
        }),
      ],
    },
    expect: ['pass'],
  },
  {
    name: 'one is wrong, the others share an answer',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.key': '600',
            '/etc/kubernetes/pki/etcd/ca.key': '400',
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/server.key': '640',
          },
        }),
      ],
    },
    expect: ['fail', 'pass'],
    says: '/etc/kubernetes/pki/etcd/server.key',
  },
  {
    name: 'RKE2 keeps them elsewhere',
    given: { nodeFiles: [exampleNode({ layout: 'rke2', files: { '/var/lib/rancher/rke2/server/tls/etcd/server.key': '640' } })] },
    expect: 'fail',
  },
  {
    name: 'the API server names another folder',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-apiserver': ['--client-ca-file=/etc/kubernetes/ssl/ca.crt'] },
          files: { '/etc/kubernetes/ssl': 'folder 755', '/etc/kubernetes/ssl/etcd/server.key': '640' },
        }),
      ],
    },
    expect: ['fail'],
  },
  {
    name: 'a folder right under the root is not one of certificates alone',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-apiserver': ['--client-ca-file=/etc/ca.crt'] },
          files: { '/etc': 'folder 755', '/etc/host.key': '644' },
        }),
      ],
    },
    expect: 'not-applicable',
  },
  {
    name: 'an API server whose flags are not seen',
    given: { nodeFiles: [exampleNode({ argv: {}, files: { '/etc/kubernetes/pki': 'folder 755', '/etc/kubernetes/pki/sa.key': '600' } })] },
    expect: 'pass',
  },
  { name: 'no such folder', given: { nodeFiles: [exampleNode()] }, expect: 'not-applicable' },
  {
    name: 'a folder without private keys',
    given: {
      nodeFiles: [
        exampleNode({
          files: { '/etc/kubernetes/pki': 'folder 755', '/etc/kubernetes/pki/etcd': 'folder 755', '/etc/kubernetes/pki/sa.pub': '644' },
        }),
      ],
    },
    expect: 'not-applicable',
  },
  {
    name: 'a part could not be read',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.key': '600',
            '/etc/kubernetes/pki/etcd/ca.key': '400',
            '/etc/kubernetes/pki/ca.crt': '644',
          },
          unreadable: { '/etc/kubernetes/pki/etcd': 'the node refused to show it' },
        }),
      ],
    },
    expect: 'unknown',
  },
  {
    name: 'the folder could not be read',
    given: { nodeFiles: [exampleNode({ unreadable: { '/etc/kubernetes/pki': 'the node refused to show it' } })] },
    expect: 'unknown',
  },
  { name: 'a node that could not be looked at', given: { nodeFiles: [unreadNode()] }, expect: 'unknown' },
  {
    name: 'workers are not asked',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.key': '600',
            '/etc/kubernetes/pki/etcd/ca.key': '400',
            '/etc/kubernetes/pki/ca.crt': '644',
          },
        }),
        exampleWorker({ files: { '/etc/kubernetes/pki/etcd/server.key': '640' } }),
      ],
    },
    expect: ['pass'],
  },
]);
