import { none, type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'lists namespaces',
    greeting: { http: 'plain' },
    answers: {
      'GET /config': page(200, '{"clusters":[{"name":"main","server":"https://10.0.0.1","auth_type":""}],"isDynamicClusterEnabled":false}'),
      'GET /clusters/main/api/v1/namespaces?limit=1': page(200, '{"kind":"NamespaceList","items":[]}'),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'asks for a token',
    greeting: { http: 'plain' },
    answers: {
      'GET /config': page(200, '{"clusters":[{"name":"main","server":"https://10.0.0.1","auth_type":""}],"isDynamicClusterEnabled":false}'),
      'GET /clusters/main/api/v1/namespaces?limit=1': page(401, '{"kind":"Status"}'),
    },
    expect: 'pass',
  },
  {
    name: 'the second question is not answered',
    greeting: { http: 'plain' },
    answers: {
      'GET /config': page(200, '{"clusters":[{"name":"main","server":"https://10.0.0.1","auth_type":""}],"isDynamicClusterEnabled":false}'),
    },
    otherwise: none('timed-out'),
    expect: 'unknown',
  },
  {
    name: 'clusters without a name that could be one',
    greeting: { http: 'plain' },
    answers: { 'GET /config': page(200, '{"clusters":[{"name":"../../evil"}]}') },
    expect: 'nothing',
  },
  ...usualCases,
];
