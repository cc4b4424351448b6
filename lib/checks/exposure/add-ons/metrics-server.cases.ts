import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a list',
    greeting: { http: 'tls' },
    answers: { 'GET /apis/metrics.k8s.io/v1beta1/nodes over TLS': page(200, '{"kind":"NodeMetricsList","items":[]}') },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: { 'GET /apis/metrics.k8s.io/v1beta1/nodes over TLS': page(403, '{"kind":"Status","reason":"Forbidden"}') },
    expect: 'pass',
    says: '403',
  },
  {
    name: 'a kubelet on the same port',
    greeting: { http: 'tls' },
    answers: { 'GET /apis/metrics.k8s.io/v1beta1/nodes over TLS': page(401, 'Unauthorized') },
    expect: 'nothing',
  },
  ...usualCases,
];
