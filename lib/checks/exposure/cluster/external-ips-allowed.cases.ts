import { statementCasesFor } from '../statement.ts';
import { externalIpsAllowed } from './external-ips-allowed.statement.ts';

export const cases = statementCasesFor(externalIpsAllowed, [
  { name: 'the default', given: { apiServerFlags: {} }, expect: 'fail', severity: 'medium', says: 'not set' },
  { name: 'other plugins', given: { apiServerFlags: { 'enable-admission-plugins': 'NodeRestriction' } }, expect: 'fail' },
  {
    name: 'the plugin',
    given: { apiServerFlags: { 'enable-admission-plugins': 'NodeRestriction,DenyServiceExternalIPs' } },
    expect: 'pass',
  },
  {
    name: 'as the API server writes it',
    given: { apiServerFlags: { 'enable-admission-plugins': '[DenyServiceExternalIPs,NodeRestriction]' } },
    expect: 'pass',
  },
]);
