import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'Calico',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP felix_active_local_endpoints x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Typha',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP typha_connections_active x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Calico in the cluster',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP ipam_allocations_per_node x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Hubble',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP hubble_flows_processed_total x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Cilium',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP cilium_agent_bootstrap_seconds x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Envoy',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# TYPE envoy_cluster_assignment_stale x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Weave Net',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP weavenpc_blocked_connections_total x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'Antrea',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP antrea_agent_local_pod_count x\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'other figures',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 8\n',
      ),
    },
    otherwise: page(404),
    expect: 'nothing',
  },
  { name: 'Antrea asks for a login', door: { port: 10350 }, greeting: { http: 'tls' }, answers: {}, otherwise: page(403), expect: 'pass' },
];
