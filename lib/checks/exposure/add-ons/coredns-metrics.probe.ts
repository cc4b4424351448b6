import { defineProbe } from '../probe.ts';
import { captured, decidedBy, login, says } from './signs.ts';

export const corednsMetrics = defineProbe({
  id: 'exposure/add-ons/coredns-metrics',
  covers: ['ADD-04'],
  title: 'CoreDNS shows its metrics to nobody outside',
  severity: 'low',
  why: 'The metrics show the version of CoreDNS and how much is asked for which zone.',
  repair: 'Restrict port 9153 (9253 for the node-local cache) by a NetworkPolicy or the firewall of the nodes to Prometheus.',
  techniques: ['T1613'],
  references: ['https://coredns.io/plugins/metrics/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; CoreDNS does not log requests for metrics.',
  doors: { places: ['published', 'service', 'node'], ports: [9153, 9253] },
  ...decidedBy(
    {
      path: '/metrics',
      shows: says(/^coredns_build_info\{/m),
      outcome: 'fail',
      message: 'CoreDNS gives its metrics and its version to anybody who can reach it.',
      found: captured(
        /^coredns_build_info\{[^}]*version="([\w.+-]+)"/m,
        (version) => `metrics of CoreDNS ${version}`,
        'metrics of CoreDNS',
      ),
    },
    login('/metrics', { ports: [9153, 9253] }),
  ),
});
