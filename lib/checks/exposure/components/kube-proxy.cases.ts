import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its mode',
    greeting: { http: 'plain' },
    answers: { 'GET /proxyMode': page(200, 'iptables') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'its metrics',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP kubeproxy_network_programming_duration_seconds x\n') },
    otherwise: page(404),
    expect: 'fail',
  },
  {
    name: 'its configuration',
    greeting: { http: 'plain' },
    answers: { 'GET /configz': page(200, '{"kubeproxy.config.k8s.io":{"clientConnection":{"kubeconfig":"hunter2"}}}') },
    otherwise: page(404),
    expect: 'fail',
    hides: 'hunter2',
  },
  {
    name: 'profiles',
    greeting: { http: 'plain' },
    answers: { 'GET /debug/pprof/': page(200, '<html>\n<head>\n<title>/debug/pprof/</title>') },
    otherwise: page(404),
    expect: 'fail',
  },
];
