import { exampleNode, exampleWorker, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletKubeconfigMode } from './kubelet-kubeconfig-mode.check.ts';

export const cases = casesFor(kubeletKubeconfigMode, [
  ...modeCases('/etc/kubernetes/kubelet.conf', '600', '644'),
  {
    name: 'the flag names another path',
    given: {
      nodeFiles: [
        exampleWorker({
          argv: { kubelet: ['--kubeconfig=/var/lib/kubelet/kubeconfig'] },
          files: { '/var/lib/kubelet/kubeconfig': '644', '/etc/kubernetes/kubelet.conf': '600' },
        }),
      ],
    },
    expect: ['fail'],
    says: '/var/lib/kubelet/kubeconfig',
  },
  {
    name: 'the flag names a file that is not there',
    given: {
      nodeFiles: [
        exampleWorker({ argv: { kubelet: ['--kubeconfig=/srv/kubelet.conf'] }, files: { '/etc/kubernetes/kubelet.conf': '600' } }),
      ],
    },
    expect: 'unknown',
    says: '/srv/kubelet.conf',
  },
  {
    name: 'k3s keeps it elsewhere',
    given: {
      nodeFiles: [
        exampleWorker({
          layout: 'k3s',
          argv: { k3s: [] },
          runsIn: { k3s: 'host' },
          files: { '/var/lib/rancher/k3s/agent/kubelet.kubeconfig': '600' },
        }),
      ],
    },
    expect: 'pass',
  },
  {
    name: 'it could not be read',
    given: { nodeFiles: [exampleWorker({ unreadable: { '/etc/kubernetes/kubelet.conf': 'the node refused to show it' } })] },
    expect: 'unknown',
    says: 'refused',
  },
  {
    name: 'workers are asked as well',
    given: {
      nodeFiles: [
        exampleNode({ files: { '/etc/kubernetes/kubelet.conf': '600' } }),
        exampleWorker({ files: { '/etc/kubernetes/kubelet.conf': '644' } }),
      ],
    },
    expect: ['pass', 'fail'],
  },
  { name: 'nowhere to be found', given: { nodeFiles: [exampleWorker({ argv: {}, runsIn: {} })] }, expect: 'unknown' },
]);
