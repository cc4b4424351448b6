import { blindNode, exampleWorker, modeCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeProxyKubeconfigMode } from './kube-proxy-kubeconfig-mode.check.ts';

export const cases = casesFor(kubeProxyKubeconfigMode, [
  ...modeCases('/var/lib/kube-proxy/kubeconfig', '600', '644'),
  { name: 'the ConfigMap of a DaemonSet', given: { nodeFiles: [exampleWorker()] }, expect: 'not-applicable', says: 'ConfigMap' },
  {
    name: 'kube-proxy does not run here',
    given: { nodeFiles: [exampleWorker({ argv: { kubelet: [] }, runsIn: { kubelet: 'host' } })] },
    expect: 'not-applicable',
    says: 'does not run',
  },
  {
    name: 'a service of the node whose kubeconfig is nowhere',
    given: { nodeFiles: [exampleWorker({ argv: { 'kube-proxy': [] }, runsIn: { 'kube-proxy': 'host' } })] },
    expect: 'unknown',
  },
  {
    name: 'RKE2 runs it as a static pod',
    given: {
      nodeFiles: [
        exampleWorker({
          layout: 'rke2',
          argv: { 'kube-proxy': ['--kubeconfig=/var/lib/rancher/rke2/agent/kubeproxy.kubeconfig'] },
          runsIn: { 'kube-proxy': 'static-pod' },
          files: { '/var/lib/rancher/rke2/agent/kubeproxy.kubeconfig': '644' },
        }),
      ],
    },
    expect: 'fail',
  },
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
