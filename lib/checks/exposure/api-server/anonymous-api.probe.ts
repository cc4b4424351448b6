import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, judgePages, kindOf, requestsFor, type ShownPage } from './kubernetes.ts';

const pages: readonly ShownPage[] = [
  { path: '/api', what: 'its versions', severity: 'high', proves: (http) => http.status === 200 && kindOf(http) === 'APIVersions' },
];

export const anonymousApi = defineProbe({
  id: 'exposure/api-server/anonymous-api',
  covers: ['KHV005'],
  title: 'The API is closed to whoever has no login',
  severity: 'high',
  why: 'Kubernetes lets nobody without a login look at the API; where it does, somebody bound a role to `system:anonymous` or `system:unauthenticated`, and that role usually allows more.',
  repair:
    'Remove bindings to `system:anonymous` and `system:unauthenticated` other than `system:public-info-viewer`, or set `--anonymous-auth=false`, or confine anonymous requests to health endpoints by `AuthenticationConfiguration`.',
  techniques: ['T1133', 'T1613'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],
  intrusiveness: 'reading',
  leaves: 'One line in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(pages))),
  judge: (_, asked) =>
    judgePages(asked, pages, {
      open: 'The API lets anybody in without a login, and shows',
      closed: 'The API lets nobody in without a login.',
    }),
});
