import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const groups = JSON.stringify({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [
    { name: 'apps', versions: [{ groupVersion: 'apps/v1' }] },
    { name: 'rbac.authorization.k8s.io', versions: [{ groupVersion: 'rbac.authorization.k8s.io/v1' }] },
    { name: 'argoproj.io', versions: [{ groupVersion: 'argoproj.io/v1alpha1' }] },
  ],
});

export const cases: readonly ProbeCase[] = [
  {
    name: 'groups that name a product',
    greeting: { http: 'tls' },
    answers: { 'GET /apis over TLS': page(200, groups) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'low',
    says: 'software behind argoproj.io',
  },
  {
    name: 'descriptions, cut off',
    greeting: { http: 'tls' },
    answers: {
      'GET /openapi/v2 over TLS': page(200, '{"swagger":"2.0","info":{"title":"Kubernetes","version":"v1.36.3"},"pa'),
      'GET /openapi/v3 over TLS': page(200, '{"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=AB"'),
    },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    says: 'OpenAPI v2',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: {}, otherwise: page(403, refused(403)), expect: 'pass' },
  { name: 'a page for everything', greeting: { http: 'tls' }, answers: {}, otherwise: page(200, '<html>'), expect: 'nothing' },
  {
    name: 'one answer missing',
    greeting: { http: 'tls' },
    answers: { 'GET /openapi/v3 over TLS': none('timed-out') },
    otherwise: page(403, refused(403)),
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('hung-up'), expect: 'unknown' },
];
