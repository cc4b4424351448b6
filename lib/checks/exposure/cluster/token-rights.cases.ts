import type { RbacSubject } from '../../../core/facts/index.ts';
import { aRule, aWorkload, givenTo, noRights } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { tokenRights } from './token-rights.statement.ts';

const front: RbacSubject = { kind: 'ServiceAccount', namespace: 'shop', name: 'front' };
const given = { workloads: [aWorkload()], serviceAccounts: [{ namespace: 'shop', name: 'front' }] };
const inShop = (rule: Parameters<typeof givenTo>[1]) => {
  const { roles, bindings } = givenTo(front, rule);
  return { roles, bindings: bindings.map((binding) => ({ ...binding, kind: 'RoleBinding' as const, namespace: 'shop' })) };
};

export const cases = statementCasesFor(tokenRights, [
  {
    name: 'everything',
    given: { ...given, rbac: givenTo(front, aRule(['*'], ['*'], { apiGroups: ['*'] })) },
    expect: 'fail',
    severity: 'critical',
    says: 'act as others',
  },
  { name: 'all Secrets', given: { ...given, rbac: givenTo(front, aRule(['list'], ['secrets'])) }, expect: 'fail', severity: 'high' },
  { name: 'Secrets of a namespace', given: { ...given, rbac: inShop(aRule(['get'], ['secrets'])) }, expect: 'fail', severity: 'medium' },
  {
    name: 'one Secret by name',
    given: { ...given, rbac: givenTo(front, aRule(['get'], ['secrets'], { resourceNames: ['own'] })) },
    expect: 'pass',
  },
  {
    name: 'the proxy of nodes',
    given: { ...given, rbac: givenTo(front, aRule(['get'], ['nodes/proxy'])) },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'the proxy of nodes in a namespace, which is nothing',
    given: { ...given, rbac: inShop(aRule(['get'], ['nodes/proxy'])) },
    expect: 'pass',
  },
  {
    name: 'commands in pods',
    given: { ...given, rbac: givenTo(front, aRule(['create'], ['pods/exec'])) },
    expect: 'fail',
    says: 'run commands',
  },
  { name: 'pods', given: { ...given, rbac: inShop(aRule(['create'], ['pods'])) }, expect: 'fail', severity: 'medium', says: 'start pods' },
  {
    name: 'given to every account of the namespace',
    given: {
      ...given,
      rbac: givenTo({ kind: 'Group', name: 'system:serviceaccounts:shop' }, aRule(['create'], ['serviceaccounts/token'])),
    },
    expect: 'fail',
  },
  {
    name: 'given to every account of another namespace',
    given: { ...given, rbac: givenTo({ kind: 'Group', name: 'system:serviceaccounts:other' }, aRule(['list'], ['secrets'])) },
    expect: 'pass',
  },
  {
    name: 'given to everyone who can log in, by two accounts',
    given: {
      workloads: [aWorkload(), aWorkload({ name: 'back', serviceAccount: 'back' })],
      serviceAccounts: [],
      rbac: givenTo({ kind: 'Group', name: 'system:authenticated' }, aRule(['impersonate'], ['users'])),
    },
    expect: ['fail', 'fail'],
    severity: 'critical',
  },
  {
    name: 'a token that is not mounted',
    given: {
      workloads: [aWorkload({ automountServiceAccountToken: false })],
      serviceAccounts: [],
      rbac: givenTo(front, aRule(['list'], ['secrets'])),
    },
    expect: 'not-applicable',
  },
  {
    name: 'rights that lead nowhere',
    given: { ...given, rbac: givenTo(front, aRule(['get', 'list', 'watch'], ['pods', 'services'])) },
    expect: 'pass',
  },
  {
    name: 'static pods only',
    given: { workloads: [aWorkload({ isStatic: true })], serviceAccounts: [], rbac: noRights },
    expect: 'not-applicable',
  },
]);
