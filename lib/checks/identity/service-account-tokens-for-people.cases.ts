import { casesFor } from '../check.ts';
import { serviceAccountTokensForPeople } from './service-account-tokens-for-people.check.ts';

const token = { type: 'kubernetes.io/service-account-token', namespace: 'shop', name: 'ci-token' };
const bootstrap = { type: 'bootstrap.kubernetes.io/token', namespace: 'kube-system', name: 'bootstrap-token-abcdef' };
export const cases = casesFor(serviceAccountTokensForPeople, [
  { name: 'none', expect: 'manual', given: { tokenSecrets: [bootstrap] }, says: 'No long-lived ServiceAccount tokens exist' },
  { name: 'one', expect: 'manual', given: { tokenSecrets: [bootstrap, token] }, says: 'Secret shop/ci-token' },
]);
