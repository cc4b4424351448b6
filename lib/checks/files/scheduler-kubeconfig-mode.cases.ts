import { exampleNode, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { schedulerKubeconfigMode } from './scheduler-kubeconfig-mode.check.ts';

export const cases = casesFor(schedulerKubeconfigMode, [
  ...modeCases('/etc/kubernetes/scheduler.conf', '600', '644'),
  {
    name: 'the flag names another path',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-scheduler': ['--kubeconfig', '/srv/scheduler.conf'] },
          files: { '/srv/scheduler.conf': '644', '/etc/kubernetes/scheduler.conf': '600' },
        }),
      ],
    },
    expect: ['fail'],
    says: '/srv/scheduler.conf',
  },
  {
    name: 'the flag names a path of the pod, the file has its usual place',
    given: {
      nodeFiles: [
        exampleNode({ argv: { 'kube-scheduler': ['--kubeconfig=/in/pod.conf'] }, files: { '/etc/kubernetes/scheduler.conf': '600' } }),
      ],
    },
    expect: 'pass',
  },
  {
    name: 'k3s keeps it elsewhere',
    given: {
      nodeFiles: [
        exampleNode({
          layout: 'k3s',
          argv: { k3s: [] },
          runsIn: { k3s: 'host' },
          files: { '/var/lib/rancher/k3s/server/cred/scheduler.kubeconfig': '600' },
        }),
      ],
    },
    expect: 'pass',
  },
  { name: 'nowhere to be found', given: { nodeFiles: [exampleNode()] }, expect: 'unknown' },
]);
