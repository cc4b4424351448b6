import { defineProbe } from '../probe.ts';
import { captured, decidedBy, says } from './signs.ts';

export const ingressNginxMetrics = defineProbe({
  id: 'exposure/add-ons/ingress-nginx-metrics',
  covers: ['ADD-02'],
  title: 'ingress-nginx shows its metrics and version to nobody outside',
  severity: 'low',
  why: 'The metrics name every published host, Ingress and Service, and the exact version tells which of the known flaws of the controller work.',
  repair:
    'Keep port 10254 away from other networks: do not publish it by a Service, and restrict it by a NetworkPolicy or, with `hostNetwork`, by the firewall of the nodes.',
  techniques: ['T1613'],
  references: ['https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; the controller does not log requests to this port.',
  doors: { places: ['published', 'service', 'node'], ports: [10254] },
  ...decidedBy(
    {
      path: '/metrics',
      shows: says(/^nginx_ingress_controller_build_info\{/m),
      outcome: 'fail',
      message: 'ingress-nginx gives its metrics and its version to anybody who can reach it.',
      found: captured(
        /^nginx_ingress_controller_build_info\{[^}]*release="(v?[\w.+-]+)"/m,
        (version) => `metrics of ingress-nginx ${version}`,
        'metrics of ingress-nginx',
      ),
    },
    {
      path: '/metrics',
      shows: ({ status, body }) =>
        (status === 401 || status === 403 || status === 200) && !/^nginx_ingress_controller/m.test(body) && /^go_goroutines /m.test(body),
      outcome: 'pass',
      message: 'Only figures of the runtime are shown there, none of ingress-nginx.',
      found: 'figures of a Go program',
    },
  ),
});
