import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const rulesAsked = 'POST /apis/authorization.k8s.io/v1/selfsubjectrulesreviews over TLS';
const accessAsked = 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews over TLS';

const selfReview = {
  verbs: ['create'],
  apiGroups: ['authorization.k8s.io'],
  resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
};
const paths = {
  verbs: ['get'],
  nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/', '/api', '/api/*', '/openapi/*'],
};
const rules = (resourceRules: readonly object[], nonResourceRules: readonly object[] = [paths]): string =>
  JSON.stringify({
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: {},
    status: { resourceRules: [selfReview, ...resourceRules], nonResourceRules, incomplete: false },
  });
const access = (allowed: boolean, resource = 'pods', verb = 'create'): string =>
  JSON.stringify({
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: { resourceAttributes: { verb, resource } },
    status: { allowed, reason: 'RBAC: allowed by ClusterRoleBinding "oops"' },
  });
const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };

export const cases: readonly ProbeCase[] = [
  {
    name: 'administrator',
    greeting: { http: 'tls' },
    answers: { [rulesAsked]: page(201, rules([everything])), [accessAsked]: page(201, access(true)) },
    expect: 'fail',
    severity: 'critical',
    says: 'create of pods',
  },
  {
    name: 'reads Secrets',
    greeting: { http: 'tls' },
    answers: {
      [rulesAsked]: page(201, rules([{ verbs: ['get'], apiGroups: [''], resources: ['secrets'] }])),
      [accessAsked]: page(201, access(false)),
    },
    expect: 'fail',
    severity: 'critical',
    says: 'may read Secrets',
  },
  {
    name: 'reads pods and metrics',
    greeting: { http: 'tls' },
    answers: {
      [rulesAsked]: page(
        201,
        rules([{ verbs: ['list'], apiGroups: [''], resources: ['pods'] }], [{ verbs: ['get'], nonResourceURLs: ['/metrics'] }]),
      ),
      [accessAsked]: page(201, access(false)),
    },
    expect: 'fail',
    severity: 'medium',
    says: '/metrics',
  },
  {
    name: 'rules refused, one review allowed',
    greeting: { http: 'tls' },
    answers: { [rulesAsked]: page(403, refused(403)), [accessAsked]: page(201, access(true, 'clusterrolebindings')) },
    expect: 'fail',
    severity: 'critical',
    says: 'create of clusterrolebindings',
  },
  {
    name: 'nothing beyond versions and health',
    greeting: { http: 'tls' },
    answers: { [rulesAsked]: page(201, rules([])), [accessAsked]: page(201, access(false)) },
    expect: 'pass',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: {}, otherwise: page(403, refused(403)), expect: 'pass' },
  { name: 'no anonymous requests', greeting: { http: 'tls' }, answers: {}, otherwise: page(401, refused(401)), expect: 'pass' },
  { name: 'something else', greeting: { http: 'tls' }, answers: {}, otherwise: page(404, 'no such page'), expect: 'nothing' },
  {
    name: 'half an answer',
    greeting: { http: 'tls' },
    answers: { [rulesAsked]: page(403, refused(403)), [accessAsked]: none('timed-out') },
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
