import { decidedBy, login, type Sign } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { metricsAlso } from './metrics.ts';

const of = (software: string, pattern: RegExp): Sign => ({
  path: '/metrics',
  shows: metricsAlso(pattern),
  outcome: 'fail',
  message: `${software} gives its figures to anybody who can reach it.`,
  found: `metrics of ${software}`,
});

export const cniMetrics = defineProbe({
  id: 'exposure/components/cni-metrics',
  covers: ['CMP-11'],
  title: 'The network of the cluster gives its figures to nobody outside',
  severity: 'low',
  why: 'The figures name policies, endpoints, peers and drops: they show what is let through, and whether somebody watches.',
  repair: 'Bind the figures to 127.0.0.1 or switch them off, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: [
    'https://docs.tigera.io/calico/latest/operations/monitor/monitor-component-metrics',
    'https://docs.cilium.io/en/stable/observability/metrics/',
  ],
  intrusiveness: 'reading',
  leaves: 'Nothing; these programs do not log requests.',
  // Calico and its Typha, Cilium, its operator, Envoy and Hubble, Weave Net, Antrea
  doors: {
    places: ['node', 'published', 'service'],
    ports: [9091, 9093, 9094, 9962, 9963, 9964, 9965, 6781, 6782, 10349, 10350],
  },
  ...decidedBy(
    of('Calico', /^# HELP felix_/m),
    of('Typha', /^# HELP typha_/m),
    of('Calico', /^# HELP (ipam_(allocations|blocks)_per_node|kube_controllers_|ipam_allocations_)/m),
    of('Hubble', /^# HELP hubble_/m),
    of('Cilium', /^# HELP cilium_/m),
    of('Envoy', /^# TYPE envoy_/m),
    of('Weave Net', /^# HELP weave(npc)?_/m),
    of('Antrea', /^# HELP antrea_/m),
    login('/metrics', { ports: [10349, 10350] }),
  ),
});
