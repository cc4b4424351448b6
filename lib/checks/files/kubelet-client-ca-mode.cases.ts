import { exampleWorker, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletClientCaMode } from './kubelet-client-ca-mode.check.ts';

export const cases = casesFor(kubeletClientCaMode, [
  ...modeCases('/etc/kubernetes/pki/ca.crt', '644', '664'),
  {
    name: 'a flag goes before the configuration',
    given: {
      nodeFiles: [
        exampleWorker({
          argv: { kubelet: ['--client-ca-file=/srv/ca.crt'] },
          files: { '/srv/ca.crt': '666', '/etc/kubernetes/pki/ca.crt': '644' },
        }),
      ],
    },
    expect: ['fail'],
    says: '/srv/ca.crt',
  },
  {
    name: 'the kubelet has neither that nor a configuration file, and something else could not be read',
    given: {
      nodeFiles: [
        exampleWorker({ argv: { kubelet: [] }, kubeletSettings: {}, unreadable: { '/etc/cni/net.d': 'the node refused to show it' } }),
      ],
    },
    expect: 'not-applicable',
  },
  { name: 'the kubelet has none', given: { nodeFiles: [exampleWorker({ kubeletSettings: {} })] }, expect: 'not-applicable' },
  {
    name: 'the configuration of the kubelet could not be read',
    given: {
      nodeFiles: [exampleWorker({ kubeletSettings: {}, unreadable: { '/var/lib/kubelet/config.yaml': 'the node refused to show it' } })],
    },
    expect: 'unknown',
  },
  {
    name: 'k3s keeps it elsewhere',
    given: {
      nodeFiles: [
        exampleWorker({
          layout: 'k3s',
          argv: { k3s: [] },
          runsIn: { k3s: 'host' },
          kubeletSettings: {},
          files: { '/var/lib/rancher/k3s/agent/client-ca.crt': '644' },
        }),
      ],
    },
    expect: 'pass',
  },
  { name: 'it is named and not there', given: { nodeFiles: [exampleWorker()] }, expect: 'unknown' },
]);
