import { clusterSubject, defineCheck, manual } from '../check.ts';
import { upTo } from '../shared/words.ts';

export const serviceAccountTokensForPeople = defineCheck({
  id: 'identity/service-account-tokens-for-people',
  title: 'People do not log in with tokens of ServiceAccounts',
  severity: 'medium',
  reads: ['tokenSecrets'],
  why: 'A ServiceAccount stands for a workload: who uses its token cannot be told apart, and a long-lived token stays valid until somebody deletes its Secret.',
  repair:
    'Let people log in through an identity provider, delete the long-lived token Secrets, and use short-lived tokens (`kubectl create token`) for automation.',
  lookAt: 'Find out where the long-lived tokens are used, and make sure that no person and no shared kubeconfig logs in with one.',
  evaluate: ({ cluster, tokenSecrets }) => {
    const tokens = tokenSecrets.filter(({ type }) => type === 'kubernetes.io/service-account-token');
    const looked = 'Secrets of type kubernetes.io/service-account-token';
    return [
      manual(
        clusterSubject(cluster),
        `${tokens.length === 0 ? 'No' : tokens.length} long-lived ServiceAccount ${tokens.length === 1 ? 'token exists' : 'tokens exist'}; who uses tokens outside pods cannot be seen and a person must look.`,
        ...upTo(
          tokens.length === 0
            ? [{ source: 'Secrets of the cluster, by metadata', looked, found: 'none' }]
            : tokens.map(({ namespace, name }) => ({ source: `Secret ${namespace}/${name}`, looked: 'type', found: 'long-lived token' })),
        ),
      ),
    ];
  },
});
