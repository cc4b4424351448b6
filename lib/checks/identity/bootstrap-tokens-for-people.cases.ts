import { apiServers, stock } from '../../../test/support/workloads.ts';
import { unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { bootstrapTokensForPeople } from './bootstrap-tokens-for-people.check.ts';

const { apiServerFlagz, nodes } = stock;
const given = { apiServerFlagz, nodes, components: apiServers({ 'enable-bootstrap-token-auth': ['true'] }) };
const token = { type: 'bootstrap.kubernetes.io/token', namespace: 'kube-system', name: 'bootstrap-token-abcdef' };
const other = { type: 'kubernetes.io/service-account-token', namespace: 'shop', name: 'ci' };
export const cases = casesFor(bootstrapTokensForPeople, [
  { name: 'one', expect: 'manual', given: { ...given, tokenSecrets: [token, other] }, says: '1 bootstrap token exists' },
  { name: 'none', expect: 'manual', given: { ...given, tokenSecrets: [other] }, says: 'No bootstrap token exists' },
  { name: 'the flag', expect: 'manual', given: { ...given, tokenSecrets: [] }, says: '--enable-bootstrap-token-auth' },
  {
    name: 'flags that could not be read',
    expect: 'manual',
    given: { ...given, components: unseen('Looking needs x.'), tokenSecrets: [token] },
    says: 'Looking needs x.',
  },
]);
