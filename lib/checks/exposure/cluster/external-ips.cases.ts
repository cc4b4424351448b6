import { aService } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { externalIps } from './external-ips.statement.ts';

export const cases = statementCasesFor(externalIps, [
  {
    name: 'an address',
    given: { services: [aService({ externalIPs: ['192.0.2.9'] }), aService({ name: 'back' })] },
    expect: ['fail', 'pass'],
    says: '192.0.2.9',
  },
  { name: 'none', given: { services: [aService()] }, expect: 'pass' },
  { name: 'no Services', given: { services: [] }, expect: 'not-applicable' },
]);
