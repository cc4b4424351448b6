import { usualCases } from '../add-ons/usual-cases.ts';
import { none, type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its metrics',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics over TLS': page(200, '# HELP aggregator_discovery_aggregation_count_total [ALPHA] Counter\n') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'its configuration',
    greeting: { http: 'tls' },
    answers: { 'GET /configz over TLS': page(200, '{"componentconfig":{"LeaderElection":{"ResourceName":"hunter2"}}}') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'profiles',
    greeting: { http: 'tls' },
    answers: { 'GET /debug/pprof/ over TLS': page(200, '<html>\n<head>\n<title>/debug/pprof/</title>') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'its flags',
    greeting: { http: 'tls' },
    answers: { 'GET /flagz over TLS': page(200, '\nkube-scheduler flagz\nWarning: This endpoint is not meant to be machine parseable\n') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'nothing but its health',
    greeting: { http: 'tls' },
    answers: { 'GET /healthz over TLS': page(200, 'ok') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'low',
  },
  { name: 'a login', greeting: { http: 'tls' }, answers: {}, otherwise: page(403), expect: 'pass' },
  {
    name: 'metrics that do not come',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics over TLS': none('timed-out') },
    otherwise: page(403),
    expect: 'unknown',
  },
];
