import type { Severity } from '../../../core/outcome.ts';
import type { HttpAnswer } from '../../../core/probing/index.ts';
import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, jsonOf, judgePages, kindOf, requestsFor, type ShownPage } from './kubernetes.ts';

/** The right to list is the same, but the answer has columns instead of objects: no value of a Secret is ever sent. */
const asTable = { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1, application/json;as=Table;g=meta.k8s.io;v=v1beta1' };

const isList = (http: HttpAnswer): boolean => http.status === 200 && /^(Table|\w+List)$/.test(kindOf(http) ?? '');

const list = (path: string, what: string, severity: Severity): ShownPage => ({
  path: `${path}?limit=1&includeObject=None`,
  what,
  severity,
  headers: asTable,
  proves: isList,
});

/** For a pod that cannot exist, "not found" is only said to those who may read its log. */
const maySeek = (http: HttpAnswer): boolean => {
  const details = jsonOf(http)?.details;
  return (
    http.status === 404 &&
    kindOf(http) === 'Status' &&
    typeof details === 'object' &&
    JSON.stringify(details).includes('gatehouse-no-such-pod')
  );
};

const rbac = '/apis/rbac.authorization.k8s.io/v1';
/** What is asked of everybody who should not list it. */
export const listPages: readonly ShownPage[] = [
  list('/api/v1/secrets', 'Secrets', 'critical'),
  list('/api/v1/configmaps', 'ConfigMaps', 'high'),
  list('/api/v1/pods', 'pods', 'high'),
  list('/api/v1/namespaces', 'namespaces', 'high'),
  list('/api/v1/nodes', 'nodes', 'high'),
  list('/api/v1/serviceaccounts', 'service accounts', 'high'),
  list(`${rbac}/roles`, 'roles', 'high'),
  list(`${rbac}/clusterroles`, 'cluster roles', 'high'),
  list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', 'custom resource definitions', 'high'),
  {
    path: '/api/v1/namespaces/kube-system/pods/gatehouse-no-such-pod/log?tailLines=1',
    what: 'logs of pods',
    severity: 'high',
    proves: maySeek,
  },
];

export const anonymousLists = defineProbe({
  id: 'exposure/api-server/anonymous-lists',
  covers: ['KHV007', 'API-02'],
  title: 'The API lists nothing to whoever has no login',
  severity: 'high',
  why: 'Whoever lists objects without a login knows the cluster as well as its administrators do, and whoever lists Secrets holds every credential in it.',
  repair: 'Remove the roles bound to `system:anonymous` and `system:unauthenticated`, then replace every Secret that could be read.',
  techniques: ['T1613', 'T1552.007'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],
  intrusiveness: 'reading',
  leaves: 'Ten lines in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(listPages))),
  judge: (_, asked) =>
    judgePages(asked, listPages, {
      open: 'Without a login, anybody who can reach the API reads',
      closed: 'The API lists nothing without a login.',
    }),
});
