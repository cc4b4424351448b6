import { aWorkload } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { nodeCredentials } from './node-credentials.statement.ts';

const mounting = (...hostPaths: readonly string[]) => ({ workloads: [aWorkload({ hostPaths })] });

export const cases = statementCasesFor(nodeCredentials, [
  { name: 'the file of Azure', given: mounting('/etc/kubernetes/azure.json'), expect: 'fail', says: 'Azure' },
  { name: 'the folder above', given: mounting('/etc/kubernetes/'), expect: 'fail' },
  { name: 'a key', given: mounting('/etc/kubernetes/pki/ca.key'), expect: 'fail', says: 'keys of the control plane' },
  { name: 'everything', given: mounting('/'), expect: 'fail', severity: 'high' },
  { name: 'a socket by its other name', given: mounting('/run/docker.sock'), expect: 'fail', says: 'Docker' },
  { name: 'other folders', given: mounting('/etc/kubernetes-dashboard', '/var/lib/kubelet/plugins/csi'), expect: 'pass' },
  {
    name: 'the API server of kubeadm',
    given: { workloads: [aWorkload({ isStatic: true, namespace: 'kube-system', hostPaths: ['/etc/kubernetes/pki'] }), aWorkload()] },
    expect: ['pass', 'not-applicable'],
  },
]);
