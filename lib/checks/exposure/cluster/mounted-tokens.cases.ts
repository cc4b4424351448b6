import { aRule, aWorkload, givenTo, noRights } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { mountedTokens } from './mounted-tokens.statement.ts';

const front = { kind: 'ServiceAccount', namespace: 'shop', name: 'front' } as const;

export const cases = statementCasesFor(mountedTokens, [
  {
    name: 'a token without rights',
    given: { workloads: [aWorkload()], serviceAccounts: [], rbac: noRights },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'a token with rights',
    given: { workloads: [aWorkload()], serviceAccounts: [], rbac: givenTo(front, aRule(['get'], ['pods'])) },
    expect: 'pass',
  },
  {
    name: 'no token, by the word of the account',
    given: {
      workloads: [aWorkload()],
      serviceAccounts: [{ namespace: 'shop', name: 'front', automountServiceAccountToken: false }],
      rbac: noRights,
    },
    expect: 'pass',
  },
  {
    name: 'static pods',
    given: { workloads: [aWorkload({ isStatic: true })], serviceAccounts: [], rbac: noRights },
    expect: 'not-applicable',
  },
]);
