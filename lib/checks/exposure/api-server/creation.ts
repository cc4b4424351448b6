import type { HttpAnswer, HttpRequest } from '../../../core/probing/index.ts';
import { type Asked, couldNotLook, httpOf, isSilent, type OpenDoor, type ProbeVerdict, shown } from '../probe.ts';
import { type ApiRequest, askApi, isRefusal, jsonOf, kindOf, post } from './kubernetes.ts';

const name = 'gatehouse-dry-run';
const versionPath = '/version';

const pod = (spec: unknown) =>
  post('/api/v1/namespaces/default/pods?dryRun=All', { kind: 'Pod', apiVersion: 'v1', metadata: { name }, spec });
const binding = (more: unknown) =>
  post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?dryRun=All', {
    kind: 'ClusterRoleBinding',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    metadata: { name },
    ...Object(more),
  });

const privileged = pod({ containers: [{ name, image: 'registry.invalid/none', securityContext: { privileged: true } }] });
const administrator = binding({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }],
});
/** What no server stores, dry or not: a pod of no container, a binding of no role. */
const impossible = [pod({ containers: [] }), binding({ roleRef: { apiGroup: '', kind: '', name: '' } })];

/** Dry runs are honoured since 1.13; servers of 1.11 and before do not know the word and would store what they get. */
const knowsDryRun = ({ body }: HttpAnswer): boolean => {
  const [, major = '', minor = ''] = /"gitVersion"\s*:\s*"v(\d+)\.(\d+)\./.exec(body) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 13);
};

const isKubernetes = (http: HttpAnswer): boolean => kindOf(http) === 'Status' || http.body.includes('"gitVersion"');

const what = ({ path }: { readonly path: string }): string => (path.includes('/pods') ? 'privileged pods' : 'bindings of cluster-admin');
const messageOf = (http: HttpAnswer): string => String(jsonOf(http)?.message ?? '');

/** RBAC, and every other authorizer, refuses in these words; admission and validation speak only after it let somebody through. */
const isUnauthorized = (http: HttpAnswer): boolean =>
  http.status === 401 || (http.status === 403 && / cannot \w+ (resource|path) /.test(messageOf(http)));
const isCreated = ({ path, http }: { path: string; http: HttpAnswer }): boolean =>
  http.status === 201 && kindOf(http) === (path.includes('/pods') ? 'Pod' : 'ClusterRoleBinding');
const isLetThrough = (http: HttpAnswer): boolean =>
  kindOf(http) === 'Status' &&
  ([400, 409, 422].includes(http.status) || (http.status === 403 && messageOf(http) !== '' && !isUnauthorized(http)));

/** Who tries, for sentences: `Without a login, anybody who can reach the API`. */
export interface Creator {
  readonly who: string;
  /** What it means that the server knows nobody of the kind (401). */
  readonly unknown: Pick<ProbeVerdict, 'outcome' | 'message'>;
  readonly closed: string;
}

const judgeAttempts = (asked: readonly Asked[], { who }: Creator): ProbeVerdict | undefined => {
  const attempts = httpOf(asked).filter(({ path }) => path !== versionPath);
  const created = attempts.filter(isCreated);
  if (created.length > 0)
    return {
      outcome: 'fail',
      message: `${who} may create ${created.map(what).join(' and ')}.`,
      evidence: created.map((one) => shown(one.asked, 'accepted, nothing was stored')),
    };
  const stopped = attempts.filter(({ http }) => isLetThrough(http));
  if (stopped.length > 0)
    return {
      outcome: 'fail',
      severity: 'high',
      message: `${who} may create objects; only what this one was like stopped it.`,
      evidence: stopped.map((one) => shown(one.asked, 'let through, then turned down for what it was')),
    };
  return undefined;
};

/** First the version, then both dry runs. */
export const tryToCreate = (door: OpenDoor, soFar: readonly Asked[], as: (request: ApiRequest) => ApiRequest): readonly HttpRequest[] => {
  if (soFar.length === 0) return askApi(door, [as({ path: versionPath, mostBytes: 4096 })]);
  const [first] = httpOf(soFar);
  // whoever is not even let in need not be asked again, and nothing is sent to what is no API server
  if (soFar.length > 1 || first === undefined || first.http.status === 401 || !isKubernetes(first.http)) return [];
  return askApi(door, (knowsDryRun(first.http) ? [privileged, administrator] : impossible).map(as));
};

/** What the answers to them mean. */
export const judgeCreation = (asked: readonly Asked[], creator: Creator): ProbeVerdict | undefined => {
  if (isSilent(asked)) return couldNotLook(asked);
  const open = judgeAttempts(asked, creator);
  if (open) return open;
  const answers = httpOf(asked);
  const evidence = asked.map((one) => shown(one));
  const [first, ...attempts] = answers;
  if (first === undefined || attempts.length + 1 < asked.length) return couldNotLook(asked);
  if (first.http.status === 401) return { ...creator.unknown, evidence };
  if (attempts.length > 0 && attempts.every(({ http }) => isUnauthorized(http) || isRefusal(http)))
    return kindOf(attempts[0]?.http ?? { body: '' }) === 'Status' ? { outcome: 'pass', message: creator.closed, evidence } : undefined;
  return answers.some(({ http }) => http.status === 429 || http.status >= 500) ? couldNotLook(asked) : undefined;
};
