import { aService } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { publishedSystem } from './published-system.statement.ts';

const system = { namespace: 'kube-system' };
const ports = [{ protocol: 'TCP', port: 443, targetPort: 8443, nodePort: 30443 }];

export const cases = statementCasesFor(publishedSystem, [
  {
    name: 'a dashboard at a node port',
    given: { services: [aService({ ...system, name: 'dashboard', type: 'NodePort', ports, externalTrafficPolicy: 'Cluster' })] },
    expect: 'fail',
    severity: 'high',
    says: 'node port 30443, externalTrafficPolicy Cluster',
  },
  {
    name: 'a load balancer',
    given: { services: [aService({ ...system, type: 'LoadBalancer' }), aService({ ...system, name: 'kube-dns' })] },
    expect: ['fail', 'pass'],
  },
  { name: 'the DNS of the cluster', given: { services: [aService({ ...system, name: 'kube-dns' })] }, expect: 'pass' },
  { name: 'an application', given: { services: [aService({ type: 'LoadBalancer' })] }, expect: 'not-applicable' },
]);
