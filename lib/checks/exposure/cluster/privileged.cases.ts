import { aContainer, aWorkload } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { privileged } from './privileged.statement.ts';

const containers = [aContainer({ name: 'agent', securityContext: { privileged: true } })];
const kubeProxy = aWorkload({ kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy', containers });

export const cases = statementCasesFor(privileged, [
  { name: 'a privileged container', given: { workloads: [aWorkload({ containers, hostPaths: ['/'] })] }, expect: 'fail', says: 'hostPath' },
  { name: 'none', given: { workloads: [aWorkload()] }, expect: 'pass' },
  { name: 'kube-proxy, beside an ordinary workload', given: { workloads: [kubeProxy, aWorkload()] }, expect: ['pass', 'not-applicable'] },
  { name: 'nothing but the cluster itself', given: { workloads: [kubeProxy] }, expect: 'not-applicable' },
]);
