import { exampleWorker, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeProxyKubeconfigOwner } from './kube-proxy-kubeconfig-owner.check.ts';

export const cases = casesFor(kubeProxyKubeconfigOwner, [
  ...ownerCases('/var/lib/kube-proxy/kubeconfig'),
  { name: 'the ConfigMap of a DaemonSet', given: { nodeFiles: [exampleWorker()] }, expect: 'not-applicable' },
]);
