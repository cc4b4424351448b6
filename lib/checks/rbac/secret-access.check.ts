import { rightCheck } from '../shared/right-check.ts';

/** Reading one named Secret is how least privilege looks, so rules limited by name are shown and do not fail. */
export const secretAccess = rightCheck({
  name: 'secret-access',
  title: 'Nobody besides the cluster itself may read Secrets',
  severity: 'high',
  doing: 'read Secrets',
  rights: [{ verbs: ['get', 'list', 'watch'], apiGroup: '', resources: ['secrets'], named: 'limited' }],
  why: 'Secrets hold passwords, keys and tokens of ServiceAccounts; whoever may read them can act as everything that uses them.',
  repair:
    'Take get, list and watch on secrets out of the role, or name the few Secrets it needs in resourceNames; remove the subject from the binding if it needs none.',
});
