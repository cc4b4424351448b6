import { clusterSubject, defineCheck, manual } from '../check.ts';
import { controlPlaneSlices } from '../shared/instances.ts';
import { apiServerFlag } from '../shared/pod-admission.ts';
import { upTo } from '../shared/words.ts';

export const bootstrapTokensForPeople = defineCheck({
  id: 'identity/bootstrap-tokens-for-people',
  title: 'People do not log in with bootstrap tokens',
  severity: 'medium',
  reads: ['tokenSecrets'],
  mayRead: controlPlaneSlices,
  why: 'Bootstrap tokens are there to let a node join: they are passed around in commands and scripts, and a person who uses one cannot be told from a node.',
  repair: 'Delete the tokens that no node is about to use (`kubeadm token delete`), and give new ones a short lifetime.',
  lookAt: 'Make sure that each bootstrap token is there for a node that is about to join, and that nobody logs in with one.',
  evaluate: ({ tokenSecrets, ...seen }) => {
    const tokens = tokenSecrets.filter(({ type }) => type === 'bootstrap.kubernetes.io/token');
    const flag = 'enable-bootstrap-token-auth';
    const accepts = apiServerFlag(seen, flag);
    return [
      manual(
        clusterSubject(seen.cluster),
        `${tokens.length === 0 ? 'No bootstrap token exists' : tokens.length === 1 ? '1 bootstrap token exists' : `${tokens.length} bootstrap tokens exist`}; whether people log in with one cannot be seen and a person must look.`,
        ...upTo([
          ...(accepts.read
            ? accepts.value.flatMap(({ evidence }) => evidence)
            : [{ source: 'API server', looked: `--${flag}`, found: accepts.reason }]),
          ...(tokens.length === 0
            ? [{ source: 'Secrets of kube-system, by metadata', looked: 'type bootstrap.kubernetes.io/token', found: 'none' }]
            : []),
          ...tokens.map(({ namespace, name }) => ({ source: `Secret ${namespace}/${name}`, looked: 'type', found: 'bootstrap token' })),
        ]),
      ),
    ];
  },
});
