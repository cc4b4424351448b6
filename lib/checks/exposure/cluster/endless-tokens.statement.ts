import type { Judgement } from '../../../core/finding.ts';
import { clusterSubject, fail, pass } from '../../check.ts';
import { defineStatement } from '../statement.ts';

/** How long a bootstrap token lives is written inside its Secret, beside the token itself: nobody looks there. */
const bootstrap: Judgement = {
  subject: { kind: 'Secret', namespace: 'kube-system', name: 'bootstrap-token-*' },
  outcome: 'unknown',
  message: 'Whether bootstrap tokens end is written beside them, in Secrets that the scan does not read; look with `kubeadm token list`.',
  evidence: [{ source: 'scan', looked: 'bootstrap tokens', found: 'not read' }],
};

export const endlessTokens = defineStatement({
  id: 'exposure/cluster/endless-tokens',
  covers: ['API-08'],
  title: 'No token of a ServiceAccount lives for ever',
  severity: 'medium',
  why: 'A token in a Secret never ends: whoever once saw it, in a backup or a pipeline, is that account until somebody deletes the Secret.',
  repair:
    'Let pods use the tokens that Kubernetes mounts and renews, make others with `kubectl create token --duration`, and delete the Secret once nobody uses it any more.',
  techniques: ['T1528'],
  references: ['https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets'],
  reads: ['endlessTokens'],
  evaluate: ({ cluster, endlessTokens: tokens }) => {
    const looked = 'Secrets of the type kubernetes.io/service-account-token';
    if (tokens.length === 0)
      return [
        pass(clusterSubject(cluster), 'No Secret holds a token of a ServiceAccount.', { source: 'API server', looked, found: 'none' }),
        bootstrap,
      ];
    const wrong = tokens.map(({ namespace, name, account }) =>
      fail(
        { kind: 'Secret', namespace, name },
        account === undefined
          ? 'The Secret is for a token of a ServiceAccount that never ends.'
          : `The Secret holds a token of ServiceAccount ${account} that never ends.`,
        {
          source: `Secret ${namespace}/${name}`,
          looked: 'metadata',
          found: account === undefined ? 'no account named' : `account ${account}`,
        },
      ),
    );
    return [...wrong, bootstrap];
  },
});
