import { couldNotLook, defineProbe, httpOf, isSilent, type ProbeVerdict, shown } from '../probe.ts';
import { apiDoors, askApi, isRefusal, kindOf, post } from './kubernetes.ts';
import { accessIn, joinRights, type Rights, rulesIn } from './rights.ts';

const group = '/apis/authorization.k8s.io/v1';
const rules = post(`${group}/selfsubjectrulesreviews`, {
  kind: 'SelfSubjectRulesReview',
  apiVersion: 'authorization.k8s.io/v1',
  spec: { namespace: 'default' },
});
const access = (verb: string, resource: string, more: Readonly<Record<string, string>> = {}) =>
  post(`${group}/selfsubjectaccessreviews`, {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: { resourceAttributes: { verb, resource, ...more } },
  });

const rbac = { group: 'rbac.authorization.k8s.io' };
/** What an intruder would do first; rules of one namespace do not tell all of it. */
const deeds = [
  access('get', 'secrets'),
  access('create', 'pods', { subresource: 'exec' }),
  access('patch', 'pods'),
  access('delete', 'pods'),
  access('create', 'namespaces'),
  access('delete', 'namespaces'),
  access('create', 'roles', rbac),
  access('create', 'clusterroles', rbac),
  access('create', 'clusterrolebindings', rbac),
  access('impersonate', 'users'),
];

const few = (rights: readonly string[]): string => [...new Set(rights)].slice(0, 6).join('; ');

const judgeRights = ({ writes, secrets, others }: Rights): Pick<ProbeVerdict, 'severity' | 'message'> | undefined => {
  if (writes.length > 0) return { severity: 'critical', message: 'Without a login, anybody who can reach the API may change the cluster.' };
  if (secrets.length > 0) return { severity: 'critical', message: 'Without a login, anybody who can reach the API may read Secrets.' };
  if (others.length > 0)
    return { severity: 'medium', message: 'Without a login, anybody who can reach the API may read more than its versions and health.' };
  return undefined;
};

export const anonymousRights = defineProbe({
  id: 'exposure/api-server/anonymous-rights',
  covers: ['API-01', 'KHV-active'],
  title: 'Whoever has no login has no rights',
  severity: 'critical',
  why: 'What `system:anonymous` may do, everybody on the network may do; the right to create pods, to read Secrets or to bind roles is the whole cluster.',
  repair:
    'Find the bindings of `system:anonymous` and `system:unauthenticated` (`kubectl get clusterrolebindings,rolebindings -A -o wide`) and delete all but `system:public-info-viewer`.',
  techniques: ['T1613', 'T1552.007', 'T1610', 'T1078.003'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access'],
  intrusiveness: 'reading',
  leaves: 'Up to twelve lines in the audit log of the API server; reviews of rights are never stored.',
  doors: apiDoors,
  send: (door, soFar) => {
    if (soFar.length === 0) return askApi(door, [rules, access('create', 'pods')]);
    // one review that was answered shows that reviews are; where the first was refused, so are the others
    const isAnswered = soFar.length === 2 && httpOf(soFar).some(({ http }) => accessIn(http) !== undefined);
    return isAnswered ? askApi(door, deeds) : [];
  },
  judge: (_, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const answers = httpOf(asked);
    const seen = answers.flatMap((one) => {
      const rights = rulesIn(one.http) ?? accessIn(one.http);
      return rights ? [{ one, rights }] : [];
    });
    const all = joinRights(seen.map(({ rights }) => rights));
    const worst = judgeRights(all);
    if (worst)
      return {
        outcome: 'fail',
        ...worst,
        evidence: seen.flatMap(({ one, rights: { writes, secrets, others } }) => {
          const found = few([...writes, ...secrets, ...others]);
          return found === '' ? [] : [shown(one.asked, found)];
        }),
      };
    if (answers.length < asked.length || answers.some(({ http }) => http.status === 429 || http.status >= 500)) return couldNotLook(asked);
    const [first] = answers;
    if (seen.length > 0)
      return {
        outcome: 'pass',
        message: 'Whoever has no login may see versions and health, and nothing else.',
        evidence: seen.map(({ one }) => shown(one.asked)).slice(0, 2),
      };
    if (first && isRefusal(first.http) && kindOf(first.http) === 'Status')
      return {
        outcome: 'pass',
        message: 'Whoever has no login may not even ask for its rights.',
        evidence: answers.map((one) => shown(one.asked)),
      };
    return undefined;
  },
});
