import { exampleNode, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { controllerManagerKubeconfigMode } from './controller-manager-kubeconfig-mode.check.ts';

export const cases = casesFor(controllerManagerKubeconfigMode, [
  ...modeCases('/etc/kubernetes/controller-manager.conf', '600', '644'),
  {
    name: 'the flag names another path',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-controller-manager': ['--kubeconfig', '/srv/controller-manager.conf'] },
          files: { '/srv/controller-manager.conf': '644', '/etc/kubernetes/controller-manager.conf': '600' },
        }),
      ],
    },
    expect: ['fail'],
    says: '/srv/controller-manager.conf',
  },
  {
    name: 'the flag names a path of the pod, the file has its usual place',
    given: {
      nodeFiles: [
        exampleNode({
          argv: { 'kube-controller-manager': ['--kubeconfig=/in/pod.conf'] },
          files: { '/etc/kubernetes/controller-manager.conf': '600' },
        }),
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
          files: { '/var/lib/rancher/k3s/server/cred/controller.kubeconfig': '600' },
        }),
      ],
    },
    expect: 'pass',
  },
  { name: 'nowhere to be found', given: { nodeFiles: [exampleNode()] }, expect: 'unknown' },
]);
