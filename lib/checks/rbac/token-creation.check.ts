import { rightCheck } from '../shared/right-check.ts';

export const tokenCreation = rightCheck({
  name: 'token-creation',
  title: 'Nobody besides the cluster itself may create tokens of ServiceAccounts',
  severity: 'high',
  doing: 'create tokens of ServiceAccounts',
  rights: [{ verbs: ['create'], apiGroup: '', resources: ['serviceaccounts/token'], named: 'counts' }],
  why: 'A token lets its holder act as the ServiceAccount, from anywhere and for as long as was asked: whoever creates tokens holds the rights of every account in reach.',
  repair:
    'Take create on serviceaccounts/token out of the role, or name the accounts it is needed for in resourceNames and waive the finding.',
});
