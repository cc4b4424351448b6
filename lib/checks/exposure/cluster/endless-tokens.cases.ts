import { statementCasesFor } from '../statement.ts';
import { endlessTokens } from './endless-tokens.statement.ts';

export const cases = statementCasesFor(endlessTokens, [
  {
    name: 'two Secrets of tokens; of bootstrap tokens nothing is known',
    given: {
      endlessTokens: [
        { namespace: 'ci', name: 'deployer-token', account: 'deployer' },
        { namespace: 'ci', name: 'orphan' },
      ],
    },
    expect: ['fail', 'fail', 'unknown'],
    severity: 'medium',
    says: 'ServiceAccount deployer',
  },
  { name: 'none', given: { endlessTokens: [] }, expect: ['pass', 'unknown'], says: 'kubeadm token list' },
]);
