import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, jsonOf, judgePages, requestsFor, type ShownPage } from './kubernetes.ts';

const issuerOf = (body: string): string | undefined => {
  const issuer = jsonOf({ body })?.issuer;
  return typeof issuer === 'string' ? issuer : undefined;
};
const keysIn = (body: string): number => {
  const keys = jsonOf({ body })?.keys;
  return Array.isArray(keys) ? keys.length : 0;
};

const pages: readonly ShownPage[] = [
  {
    path: '/.well-known/openid-configuration',
    what: 'who signs its service-account tokens',
    severity: 'info',
    proves: ({ status, body }) => status === 200 && issuerOf(body) !== undefined && body.includes('"jwks_uri"'),
    found: ({ body }) => `issuer ${issuerOf(body) ?? ''}`,
  },
  {
    path: '/openid/v1/jwks',
    what: 'the public keys of its service-account tokens',
    severity: 'info',
    mostBytes: 65_536,
    proves: ({ status, body }) => status === 200 && keysIn(body) > 0,
    found: ({ body }) => `${keysIn(body)} public key${keysIn(body) === 1 ? '' : 's'}`,
  },
];

export const openid = defineProbe({
  id: 'exposure/api-server/openid',
  covers: ['API-09'],
  title: 'The issuer of service-account tokens is known to logged-in users only',
  severity: 'info',
  why: 'Clouds that trust service accounts need these pages to be public, so this may be meant; the issuer often names the cluster and its domain.',
  repair:
    'Where no other system trusts tokens of the cluster, unbind `system:service-account-issuer-discovery` from `system:unauthenticated`.',
  techniques: ['T1613'],
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery'],
  intrusiveness: 'reading',
  leaves: 'Two lines in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(pages))),
  judge: (_, asked) =>
    judgePages(asked, pages, {
      open: 'The API server tells everybody',
      closed: 'The API server tells nobody without a login who signs its tokens.',
    }),
});
