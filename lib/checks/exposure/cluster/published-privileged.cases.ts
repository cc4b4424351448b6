import { aContainer, aService, aWorkload } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { publishedPrivileged } from './published-privileged.statement.ts';

const privileged = aWorkload({ containers: [aContainer({ securityContext: { privileged: true } })] });
const front = { namespace: 'shop', kind: 'Deployment', name: 'front' };
const backend = { namespace: 'shop', service: 'front', addresses: ['10.244.1.7'], ports: [8080], owners: [front] };
const nodePort = aService({ type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }] });
const given = { services: [nodePort], backends: [backend], workloads: [privileged], serviceAccounts: [] };

export const cases = statementCasesFor(publishedPrivileged, [
  { name: 'a privileged Deployment behind a NodePort', given, expect: 'fail', severity: 'high', says: 'token mounted' },
  { name: 'an ordinary one', given: { ...given, workloads: [aWorkload()] }, expect: 'pass' },
  { name: 'a privileged one that is not published', given: { ...given, services: [aService()] }, expect: 'not-applicable' },
  {
    name: 'another one stands behind it',
    given: { ...given, backends: [{ ...backend, owners: [{ ...front, name: 'other' }] }] },
    expect: 'pass',
  },
  {
    name: 'two Services, one of them',
    given: { ...given, services: [nodePort, { ...nodePort, uid: 's-2', name: 'back' }] },
    expect: ['fail', 'pass'],
  },
  {
    name: 'nobody knows which pods have these addresses',
    given: { ...given, backends: [{ namespace: 'shop', service: 'front', addresses: ['10.244.1.7'], ports: [8080] }] },
    expect: 'unknown',
  },
]);
