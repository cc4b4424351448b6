import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const version = 'GET /version over TLS';
const pods = 'POST /api/v1/namespaces/default/pods?dryRun=All over TLS';
const bindings = 'POST /apis/rbac.authorization.k8s.io/v1/clusterrolebindings?dryRun=All over TLS';

const of = (gitVersion: string) => page(200, JSON.stringify({ major: '1', minor: '36', gitVersion }));
const forbidden = page(
  403,
  refused(403, 'pods is forbidden: User "system:anonymous" cannot create resource "pods" in API group "" in the namespace "default"'),
);
const podSecurity = page(403, refused(403, 'pods "gatehouse-dry-run" is forbidden: violates PodSecurity "restricted:latest": privileged'));
const escalation = page(
  403,
  refused(
    403,
    'clusterrolebindings.rbac.authorization.k8s.io "gatehouse-dry-run" is forbidden: user "system:anonymous" (groups=["system:unauthenticated"]) is attempting to grant RBAC permissions not currently held',
  ),
);
const invalid = page(
  422,
  JSON.stringify({
    kind: 'Status',
    reason: 'Invalid',
    message: 'Pod "gatehouse-dry-run" is invalid: spec.containers: Required',
    code: 422,
  }),
);
const created = page(201, JSON.stringify({ kind: 'Pod', apiVersion: 'v1', metadata: { uid: 'secret-uid' } }));

export const cases: readonly ProbeCase[] = [
  {
    name: 'both may be created',
    greeting: { http: 'tls' },
    answers: { [version]: of('v1.36.3'), [pods]: created, [bindings]: page(201, JSON.stringify({ kind: 'ClusterRoleBinding' })) },
    expect: 'fail',
    severity: 'critical',
    says: 'privileged pods and bindings of cluster-admin',
    hides: 'secret-uid',
  },
  {
    name: 'only admission stands in between',
    greeting: { http: 'tls' },
    answers: { [version]: of('v1.36.1+vmware.2'), [pods]: podSecurity, [bindings]: forbidden },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'may bind, though not what it does not have',
    greeting: { http: 'tls' },
    answers: { [version]: of('v1.36.3'), [pods]: forbidden, [bindings]: escalation },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'an old server is only asked for what cannot be',
    greeting: { http: 'tls' },
    answers: { [version]: of('v1.11.2'), [pods]: invalid, [bindings]: forbidden },
    expect: 'fail',
    severity: 'high',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: { [version]: of('v1.36.3') }, otherwise: forbidden, expect: 'pass' },
  {
    name: 'version hidden',
    greeting: { http: 'tls' },
    answers: { [version]: page(403, refused(403)) },
    otherwise: forbidden,
    expect: 'pass',
  },
  { name: 'no anonymous requests', greeting: { http: 'tls' }, answers: { [version]: page(401, refused(401)) }, expect: 'pass' },
  { name: 'something else', greeting: { http: 'tls' }, answers: {}, otherwise: page(200, '<html>'), expect: 'nothing' },
  { name: 'too busy', greeting: { http: 'tls' }, answers: { [version]: of('v1.36.3') }, otherwise: page(429), expect: 'unknown' },
  {
    name: 'half an answer',
    greeting: { http: 'tls' },
    answers: { [version]: of('v1.36.3'), [pods]: forbidden, [bindings]: none('timed-out') },
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
