import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'lists workflows',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/v1/workflows/?listOptions.limit=1': page(200, '{"metadata":{"resourceVersion":"7"},"items":null}'),
      'GET /api/v1/info': page(200, '{}'),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'may list nothing, but takes anybody',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/v1/workflows/?listOptions.limit=1': page(403, '{"code":7,"message":"workflows is forbidden"}'),
      'GET /api/v1/info': page(200, '{"managedNamespace":"argo"}'),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: {
      'GET /api/v1/workflows/?listOptions.limit=1 over TLS': page(401, '{"code":16,"message":"token not valid for running mode"}'),
      'GET /api/v1/info over TLS': page(401, '{"code":16,"message":"token not valid for running mode"}'),
    },
    expect: 'pass',
  },
  ...usualCases,
];
