import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const given = 'over TLS with the given token';
const version = `GET /version ${given}`;
const pods = `POST /api/v1/namespaces/default/pods?dryRun=All ${given}`;
const bindings = `POST /apis/rbac.authorization.k8s.io/v1/clusterrolebindings?dryRun=All ${given}`;
const v136 = page(200, JSON.stringify({ gitVersion: 'v1.36.3' }));
const forbidden = page(403, refused(403, 'pods is forbidden: User "system:serviceaccount:shop:web" cannot create resource "pods"'));
const door = { hasToken: true } as const;
const greeting = { http: 'tls' } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'may create a privileged pod',
    door,
    greeting,
    answers: {
      [version]: v136,
      [pods]: page(201, JSON.stringify({ kind: 'Pod', metadata: { uid: 'secret-uid' } })),
      [bindings]: forbidden,
    },
    expect: 'fail',
    severity: 'critical',
    says: 'The account of the given token may create privileged pods.',
    hides: 'secret-uid',
  },
  {
    name: 'only admission stands in between',
    door,
    greeting,
    answers: {
      [version]: v136,
      [pods]: page(403, refused(403, 'pods "gatehouse-dry-run" is forbidden: violates PodSecurity')),
      [bindings]: forbidden,
    },
    expect: 'fail',
    severity: 'high',
  },
  { name: 'may create nothing', door, greeting, answers: { [version]: v136 }, otherwise: forbidden, expect: 'pass' },
  { name: 'is not taken', door, greeting, answers: { [version]: page(401, refused(401)) }, expect: 'unknown', says: 'does not take' },
  { name: 'from a pod, which is given none', door: { vantage: 'internal' }, greeting, answers: {}, expect: 'nothing' },
  { name: 'no token', greeting, answers: {}, expect: 'not-applicable', says: '--probe-token' },
  { name: 'no TLS, so it was not shown', door, answers: {}, expect: 'unknown', says: 'was not shown' },
  { name: 'somebody else’s certificate', door, greeting, answers: {}, otherwise: none('hung-up'), expect: 'unknown' },
];
