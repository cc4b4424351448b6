import { exampleNode, exampleWorker, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { etcdDataMode } from './etcd-data-mode.check.ts';

export const cases = casesFor(etcdDataMode, [
  ...modeCases('/var/lib/etcd', '700', '755', 'folder '),
  {
    name: 'the flag names another folder',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { etcd: ['--data-dir=/data/etcd'] },
          runsIn: { etcd: 'host' },
          files: { '/data/etcd': 'folder 755', '/var/lib/etcd': 'folder 700' },
        }),
      ],
    },
    expect: ['fail'],
    says: '/data/etcd',
  },
  {
    name: 'RKE2 names it in a file of its own',
    given: {
      nodeFiles: [
        exampleNode({
          layout: 'rke2',
          argv: { etcd: ['--config-file=/var/lib/rancher/rke2/server/db/etcd/config'] },
          files: { '/var/lib/rancher/rke2/server/db/etcd': 'folder 700' },
        }),
      ],
    },
    expect: 'pass',
  },
  {
    name: 'etcd inside k3s',
    given: {
      nodeFiles: [
        exampleNode({
          layout: 'k3s',
          argv: { k3s: [] },
          runsIn: { k3s: 'host' },
          files: { '/var/lib/rancher/k3s/server/db/etcd': 'folder 700' },
        }),
      ],
    },
    expect: 'pass',
  },
  {
    name: 'k3s on another database',
    given: { nodeFiles: [exampleNode({ layout: 'k3s', argv: { k3s: [] }, runsIn: { k3s: 'host' } })] },
    expect: 'not-applicable',
  },
  {
    name: 'etcd runs elsewhere and an old folder is left',
    given: { nodeFiles: [exampleNode({ argv: { kubelet: [] }, files: { '/var/lib/etcd': 'folder 755' } })] },
    expect: 'not-applicable',
  },
  {
    name: 'etcd on a node of its own',
    given: { nodeFiles: [exampleWorker({ argv: { etcd: ['--data-dir', '/var/lib/etcd'] }, files: { '/var/lib/etcd': 'folder 750' } })] },
    expect: 'fail',
  },
  {
    name: 'the folder is named and not there',
    given: { nodeFiles: [exampleNode({ argv: { etcd: ['--data-dir=/data/etcd'] }, runsIn: { etcd: 'host' } })] },
    expect: 'unknown',
  },
  { name: 'nowhere to be found', given: { nodeFiles: [exampleNode({ argv: { etcd: [] } })] }, expect: 'unknown' },
]);
