import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { metricsAlso } from './metrics.ts';

export const containerdMetrics = defineProbe({
  id: 'exposure/components/containerd-metrics',
  covers: ['CMP-08'],
  title: 'containerd gives its figures to nobody outside its node',
  severity: 'low',
  why: 'The figures name every container by id and namespace, and the version of containerd.',
  repair:
    'Set `address` below `[metrics]` in the configuration of containerd to 127.0.0.1:1338, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: ['https://github.com/containerd/containerd/blob/main/docs/ops.md'],
  intrusiveness: 'reading',
  leaves: 'Nothing; containerd does not log requests.',
  doors: { places: ['node'], ports: [1338] },
  ...decidedBy({
    path: '/v1/metrics',
    shows: metricsAlso(/^# HELP (containerd_|container_(blkio|cpu|memory|pids|per_cpu))/m),
    outcome: 'fail',
    message: 'containerd gives figures of every container to anybody who can reach it.',
    found: 'metrics of containers',
  }),
});
