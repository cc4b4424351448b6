import { exampleWorker, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletConfigMode } from './kubelet-config-mode.check.ts';

export const cases = casesFor(kubeletConfigMode, [
  ...modeCases('/var/lib/kubelet/config.yaml', '600', '644'),
  {
    name: 'the flag names another path',
    given: {
      nodeFiles: [
        exampleWorker({
          argv: { kubelet: ['--config=/etc/kubelet.yaml'] },
          files: { '/etc/kubelet.yaml': '644', '/var/lib/kubelet/config.yaml': '600' },
        }),
      ],
    },
    expect: ['fail'],
    says: '/etc/kubelet.yaml',
  },
  {
    name: 'drop-ins count as well',
    given: {
      nodeFiles: [
        exampleWorker({
          argv: { kubelet: ['--config=/var/lib/kubelet/config.yaml', '--config-dir=/etc/kubelet.d'] },
          files: {
            '/var/lib/kubelet/config.yaml': '600',
            '/etc/kubelet.d': 'folder 755',
            '/etc/kubelet.d/10-cis.conf': '644',
            '/etc/kubelet.d/README': '644',
          },
        }),
      ],
    },
    expect: ['pass', 'fail'],
    says: '10-cis.conf',
  },
  {
    name: 'drop-ins alone, as with RKE2',
    given: {
      nodeFiles: [
        exampleWorker({
          layout: 'rke2',
          argv: { kubelet: ['--config-dir=/var/lib/rancher/rke2/agent/etc/kubelet.conf.d'] },
          files: { '/var/lib/rancher/rke2/agent/etc/kubelet.conf.d/00-defaults.conf': '600' },
        }),
      ],
    },
    expect: ['pass'],
  },
  {
    name: 'the kubelet runs on flags alone',
    given: { nodeFiles: [exampleWorker({ argv: { kubelet: ['--read-only-port=0'] } })] },
    expect: 'not-applicable',
  },
  {
    name: 'k3s has none',
    given: { nodeFiles: [exampleWorker({ layout: 'k3s', argv: { k3s: [] }, runsIn: { k3s: 'host' } })] },
    expect: 'not-applicable',
  },
  { name: 'named, and not there', given: { nodeFiles: [exampleWorker()] }, expect: 'unknown' },
  { name: 'nothing is known', given: { nodeFiles: [exampleWorker({ argv: {}, runsIn: {} })] }, expect: 'unknown' },
]);
