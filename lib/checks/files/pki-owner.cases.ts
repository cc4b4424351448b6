import { exampleNode, exampleWorker, unreadNode } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { pkiOwner } from './pki-owner.check.ts';

export const cases = casesFor(pkiOwner, [
  {
    name: 'all are right: one answer, on the folder',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/ca.key': '600',
          },
        }),
      ],
    },
    expect: ['pass'],
    says: '2 files and 2 folders: ., ca.crt, etcd, etcd/ca.key',
  },
  {
    name: 'one is wrong, the others share an answer',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/ca.key': '600',
            '/etc/kubernetes/pki/etcd/server.key': '640 etcd:etcd',
          },
        }),
      ],
    },
    expect: ['fail', 'pass'],
    says: '/etc/kubernetes/pki/etcd/server.key',
  },
  {
    name: 'RKE2 keeps them elsewhere',
    given: { nodeFiles: [exampleNode({ layout: 'rke2', files: { '/var/lib/rancher/rke2/server/tls/etcd/server.key': '640 etcd:etcd' } })] },
    expect: 'fail',
  },
  {
    name: 'the API server names another folder',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-apiserver': ['--client-ca-file=/etc/kubernetes/ssl/ca.crt'] },
          files: { '/etc/kubernetes/ssl': 'folder 755', '/etc/kubernetes/ssl/etcd/server.key': '640 etcd:etcd' },
        }),
      ],
    },
    expect: ['fail', 'pass'],
  },
  { name: 'no such folder', given: { nodeFiles: [exampleNode()] }, expect: 'not-applicable' },
  {
    name: 'the folder itself is wrong',
    given: { nodeFiles: [exampleNode({ files: { '/etc/kubernetes/pki': 'folder 755 1000:root', '/etc/kubernetes/pki/ca.crt': '644' } })] },
    expect: ['fail', 'pass'],
  },
  {
    name: 'a part could not be read',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/ca.key': '600',
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
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/ca.key': '600',
          },
        }),
        exampleWorker({ files: { '/etc/kubernetes/pki/etcd/server.key': '640 etcd:etcd' } }),
      ],
    },
    expect: ['pass'],
  },
]);
