import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'metrics',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(200, '# HELP etcd_cluster_version Which version is running.\netcd_cluster_version{cluster_version="3.6"} 1\n'),
    },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'figures of other software',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP etcd_request_duration_seconds Etcd request latency, as an API server sees it\n') },
    expect: 'nothing',
  },
  { name: 'a login', greeting: { http: 'plain' }, answers: { 'GET /metrics': page(401) }, expect: 'pass' },
];
