import { exampleWorker, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletServiceMode } from './kubelet-service-mode.check.ts';

export const cases = casesFor(kubeletServiceMode, [
  ...modeCases('/etc/systemd/system/kubelet.service.d/10-kubeadm.conf', '600', '644'),
  {
    name: 'service and drop-in, where newer packages put them',
    given: {
      nodeFiles: [
        exampleWorker({
          files: {
            '/usr/lib/systemd/system/kubelet.service': '644',
            '/usr/lib/systemd/system/kubelet.service.d': 'folder 755',
            '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': '600',
          },
        }),
      ],
    },
    expect: ['fail', 'pass'],
  },
  {
    name: 'the same file by two paths is one',
    given: {
      nodeFiles: [
        exampleWorker({
          files: {
            '/usr/lib/systemd/system/kubelet.service': '600',
            '/lib/systemd/system/kubelet.service': {
              path: '/lib/systemd/system/kubelet.service',
              target: '/usr/lib/systemd/system/kubelet.service',
              kind: 'file',
              mode: 0o600,
              uid: 0,
              gid: 0,
              user: 'root',
              group: 'root',
            },
          },
        }),
      ],
    },
    expect: ['pass'],
  },
  {
    name: 'what systemd does not read is not judged',
    given: {
      nodeFiles: [
        exampleWorker({
          files: { '/etc/systemd/system/kubelet.service': '600', '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf.bak': '644' },
        }),
      ],
    },
    expect: ['pass'],
  },
  { name: 'no systemd service starts the kubelet', given: { nodeFiles: [exampleWorker()] }, expect: 'not-applicable' },
  {
    name: 'the folder could not be read',
    given: { nodeFiles: [exampleWorker({ unreadable: { '/etc/systemd/system/kubelet.service.d': 'the node refused to show it' } })] },
    expect: 'unknown',
  },
]);
