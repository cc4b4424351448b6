import type { HttpAnswer } from '../../../core/probing/index.ts';
import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, judgePages, kindOf, requestsFor, type ShownPage } from './kubernetes.ts';

/** Groups that Kubernetes does not bring along: each names a product. */
const installed = ({ body }: HttpAnswer): string => {
  const groups = new Set([...body.matchAll(/"groupVersion"\s*:\s*"([a-z0-9.-]+\.[a-z0-9.-]+)\//g)].map(([, group = '']) => group));
  const own = [...groups].filter((group) => !/(^|\.)k8s\.io$/.test(group)).slice(0, 8);
  return own.length === 0 ? 'no software beyond Kubernetes' : `software behind ${own.join(', ')}`;
};

const pages: readonly ShownPage[] = [
  {
    path: '/apis',
    what: 'its groups',
    severity: 'low',
    mostBytes: 65_536,
    proves: (http) => http.status === 200 && kindOf(http) === 'APIGroupList',
    found: installed,
  },
  {
    path: '/openapi/v2',
    what: 'its description (OpenAPI v2)',
    severity: 'low',
    headers: { accept: 'application/json' },
    proves: ({ status, body }) => status === 200 && /"swagger"\s*:\s*"2\.0"/.test(body),
  },
  {
    path: '/openapi/v3',
    what: 'its description (OpenAPI v3)',
    severity: 'low',
    proves: ({ status, body }) => status === 200 && /"serverRelativeURL"\s*:\s*"\/openapi\/v3\//.test(body),
  },
];

export const discovery = defineProbe({
  id: 'exposure/api-server/discovery',
  covers: ['API-07'],
  title: 'The API describes itself to nobody without a login',
  severity: 'low',
  why: 'The groups of the API name what is installed in the cluster, which tells an attacker what to try; Kubernetes shows them to logged-in users only.',
  repair: 'Unbind `system:discovery` from `system:unauthenticated`, or set `--anonymous-auth=false`.',
  techniques: ['T1613'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles'],
  intrusiveness: 'reading',
  leaves: 'Three lines in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(pages))),
  judge: (_, asked) =>
    judgePages(asked, pages, {
      open: 'Anybody who can reach the API reads',
      closed: 'The API describes itself to nobody without a login.',
    }),
});
