import type { HttpAnswer } from '../../../core/probing/index.ts';
import { couldNotLook, defineProbe, httpOf, isSilent, once, shown } from '../probe.ts';
import { apiDoors, askApi, isRefusal, jsonOf } from './kubernetes.ts';

const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info';

interface ClusterInfo {
  /** Ids, never the signatures. */
  readonly tokens: readonly string[];
  readonly hasKubeconfig: boolean;
}

const read = (http: HttpAnswer): ClusterInfo | undefined => {
  const object = http.status === 200 ? jsonOf(http) : undefined;
  if (object?.kind !== 'ConfigMap') return undefined;
  const keys = typeof object.data === 'object' && object.data !== null ? Object.keys(object.data) : [];
  const tokens = keys.flatMap((key) => /^jws-kubeconfig-([a-z0-9]{6})$/.exec(key)?.[1] ?? []).toSorted();
  return { tokens, hasKubeconfig: keys.includes('kubeconfig') };
};

export const bootstrapTokens = defineProbe({
  id: 'exposure/api-server/bootstrap-tokens',
  covers: ['API-08'],
  title: 'No live bootstrap token is told of to strangers',
  severity: 'low',
  why: '`cluster-info` is public by design, so that new nodes find the cluster; while a bootstrap token lives it also holds a signature made with that token, against which guesses of a weak one can be tried at leisure.',
  repair:
    'Delete bootstrap tokens that no node waits for (`kubeadm token list`, `kubeadm token delete`), give every token a lifetime, and remove the role binding `kubeadm:bootstrap-signer-clusterinfo` when all nodes have joined.',
  techniques: ['T1613', 'T1528'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/'],
  intrusiveness: 'reading',
  leaves: 'One line in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, [{ path }])),
  judge: (_, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = httpOf(asked);
    if (answer === undefined) return undefined;
    const info = read(answer.http);
    if (info && info.tokens.length > 0)
      return {
        outcome: 'fail',
        message: 'Anybody can read that bootstrap tokens are alive, and has a signature to try guesses against.',
        evidence: [shown(answer.asked, `signed with token ${info.tokens.slice(0, 10).join(', ')}`)],
      };
    if (info)
      return {
        outcome: 'fail',
        severity: 'info',
        message:
          'As kubeadm does by default, the API server tells everybody the address and the authority of the cluster; no bootstrap token is alive.',
        evidence: [shown(answer.asked, info.hasKubeconfig ? 'address and authority' : 'neither token nor address')],
      };
    if (isRefusal(answer.http) || (answer.http.status === 404 && jsonOf(answer.http)?.kind === 'Status'))
      return { outcome: 'pass', message: 'The API server tells nobody of bootstrap tokens.', evidence: [shown(answer.asked)] };
    return answer.http.status === 429 || answer.http.status >= 500 ? couldNotLook(asked) : undefined;
  },
});
