import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';

export const cadvisor = defineProbe({
  id: 'exposure/kubelet/cadvisor',
  covers: ['KUB-06'],
  title: 'cAdvisor shows the containers of a node to nobody outside',
  severity: 'medium',
  why: 'Its pages name every container and process of the node with their images, limits and load.',
  repair: 'Remove `--cadvisor-port` from old kubelets, and bind a cAdvisor of your own to an address that only Prometheus reaches.',
  techniques: ['T1613'],
  references: ['https://github.com/google/cadvisor/blob/master/docs/web.md'],
  intrusiveness: 'reading',
  leaves: 'Nothing; cAdvisor does not log requests.',
  doors: { places: ['node', 'published', 'service'], ports: [4194] },
  ...decidedBy(
    {
      path: '/containers/',
      shows: says(/<title>cAdvisor - /),
      outcome: 'fail',
      message: 'cAdvisor shows every container of the node to anybody who can reach it.',
      found: 'pages of cAdvisor',
    },
    {
      path: '/metrics',
      shows: says(/^# HELP cadvisor_version_info/m),
      outcome: 'fail',
      message: 'cAdvisor gives figures of every container of the node to anybody who can reach it.',
      found: 'metrics of cAdvisor',
    },
  ),
});
