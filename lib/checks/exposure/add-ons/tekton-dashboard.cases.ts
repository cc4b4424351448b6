import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'lists runs',
    greeting: { http: 'plain' },
    answers: {
      'GET /apis/tekton.dev/v1/pipelineruns?limit=1': page(200, '{"kind":"PipelineRunList","items":[]}'),
      'GET /v1/properties': page(200, '{}'),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'properties alone',
    greeting: { http: 'plain' },
    answers: {
      'GET /apis/tekton.dev/v1/pipelineruns?limit=1': page(403),
      'GET /v1/properties': page(200, '{"dashboardNamespace":"tekton-pipelines","dashboardVersion":"v0.40.0","isReadOnly":true}'),
    },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'a login in front',
    greeting: { http: 'plain' },
    answers: {
      'GET /apis/tekton.dev/v1/pipelineruns?limit=1': page(302, '', { location: '/oauth2/start' }),
      'GET /v1/properties': page(302, '', { location: '/oauth2/start' }),
    },
    expect: 'pass',
  },
  ...usualCases,
];
