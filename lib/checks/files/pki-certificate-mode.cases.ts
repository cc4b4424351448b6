import { exampleNode, exampleWorker, unreadNode } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { pkiCertificateMode } from './pki-certificate-mode.check.ts';

export const cases = casesFor(pkiCertificateMode, [
  {
    name: 'all are right: one answer, on the folder',
    given: {
      nodeFiles: [
        exampleNode({
          files: {
            '/etc/kubernetes/pki': 'folder 755',
            '/etc/kubernetes/pki/etcd': 'folder 755',
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/ca.crt': '600',
            '/etc/kubernetes/pki/ca.key': '644',
          },
        }),
      ],
    },
    expect: ['pass'],
    says: 'looked at in /etc/kubernetes/pki have no permission beyond 644',
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
            '/etc/kubernetes/pki/etcd/ca.crt': '600',
            '/etc/kubernetes/pki/ca.key': '644',
            '/etc/kubernetes/pki/etcd/server.crt': '664',
          },
        }),
      ],
    },
    expect: ['fail', 'pass'],
    says: '/etc/kubernetes/pki/etcd/server.crt',
  },
  {
    name: 'RKE2 keeps them elsewhere',
    given: { nodeFiles: [exampleNode({ layout: 'rke2', files: { '/var/lib/rancher/rke2/server/tls/etcd/server.crt': '664' } })] },
    expect: 'fail',
  },
  {
    name: 'the API server names another folder',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-apiserver': ['--client-ca-file=/etc/kubernetes/ssl/ca.crt'] },
          files: { '/etc/kubernetes/ssl': 'folder 755', '/etc/kubernetes/ssl/etcd/server.crt': '664' },
        }),
      ],
    },
    expect: ['fail'],
  },
  { name: 'no such folder', given: { nodeFiles: [exampleNode()] }, expect: 'not-applicable' },
  {
    name: 'a folder without certificates',
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
            '/etc/kubernetes/pki/ca.crt': '644',
            '/etc/kubernetes/pki/etcd/ca.crt': '600',
            '/etc/kubernetes/pki/ca.key': '644',
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
            '/etc/kubernetes/pki/etcd/ca.crt': '600',
            '/etc/kubernetes/pki/ca.key': '644',
          },
        }),
        exampleWorker({ files: { '/etc/kubernetes/pki/etcd/server.crt': '664' } }),
      ],
    },
    expect: ['pass'],
  },
]);
