import { captured, decidedBy, login, pageLooksLike } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { metricsAlso } from './metrics.ts';

export const nodeExporter = defineProbe({
  id: 'exposure/components/node-exporter',
  covers: ['CMP-08'],
  title: 'The node exporter gives figures of its node to nobody outside',
  severity: 'low',
  why: 'The figures name kernel, disks, mounts, network interfaces and load of the node: enough to choose an exploit by.',
  repair: 'Give the node exporter a `--web.config.file` with TLS and users, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: ['https://github.com/prometheus/node_exporter', 'https://prometheus.io/docs/operating/security/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; the node exporter does not log requests.',
  doors: {
    places: ['node', 'published', 'service'],
    ports: [9100],
    recognise: (door) => pageLooksLike(door, /<title>Node Exporter<\/title>/i),
  },
  ...decidedBy(
    {
      path: '/metrics',
      shows: metricsAlso(/^# HELP node_(arp_|boot_|cpu_|disk_|exporter_build_info|filesystem_|uname_)/m),
      outcome: 'fail',
      message: 'The node exporter gives figures of its node to anybody who can reach it.',
      found: captured(
        /^node_exporter_build_info\{[^}]*[{,]version="([\w.+-]+)"/m,
        (version) => `metrics of node exporter ${version}`,
        'metrics of a node',
      ),
    },
    login('/metrics', { ports: [9100] }),
  ),
});
