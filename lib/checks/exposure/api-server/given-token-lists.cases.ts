import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const given = 'over TLS with the given token';
const api = `GET /api ${given}`;
const secrets = `GET /api/v1/secrets?limit=1&includeObject=None ${given}`;
const pods = `GET /api/v1/pods?limit=1&includeObject=None ${given}`;
const versions = page(200, JSON.stringify({ kind: 'APIVersions', versions: ['v1'] }));
const table = page(200, JSON.stringify({ kind: 'Table', apiVersion: 'meta.k8s.io/v1', rows: [{ cells: ['payments-database'] }] }));
const forbidden = page(403, refused(403, 'forbidden: User "system:serviceaccount:shop:web" cannot list resource'));
const door = { hasToken: true } as const;
const greeting = { http: 'tls' } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'reads Secrets of the whole cluster',
    door,
    greeting,
    answers: { [api]: versions, [secrets]: table },
    otherwise: forbidden,
    expect: 'fail',
    severity: 'critical',
    says: 'The account of the given token reads the API and Secrets.',
    hides: 'payments-database',
  },
  { name: 'reads pods', door, greeting, answers: { [pods]: table }, otherwise: forbidden, expect: 'fail', severity: 'medium' },
  {
    name: 'looks at the API, as every account may',
    door,
    greeting,
    answers: { [api]: versions },
    otherwise: forbidden,
    expect: 'fail',
    severity: 'info',
  },
  { name: 'may nothing', door, greeting, answers: {}, otherwise: forbidden, expect: 'pass' },
  { name: 'is not taken', door, greeting, answers: {}, otherwise: page(401, refused(401)), expect: 'unknown', says: 'does not take' },
  { name: 'from a pod, which is given none', door: { vantage: 'internal' }, greeting, answers: {}, expect: 'nothing' },
  { name: 'no token', greeting, answers: {}, expect: 'not-applicable', says: '--probe-token' },
  { name: 'no TLS, so it was not shown', door, answers: {}, expect: 'unknown', says: 'was not shown' },
  { name: 'somebody else’s certificate', door, greeting, answers: {}, otherwise: none('hung-up'), expect: 'unknown' },
];
