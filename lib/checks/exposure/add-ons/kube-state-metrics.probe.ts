import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

export const kubeStateMetrics = defineProbe({
  id: 'exposure/add-ons/kube-state-metrics',
  covers: ['ADD-04'],
  title: 'kube-state-metrics answers nobody outside',
  severity: 'low',
  why: 'It lists every object of the cluster by name, with labels, images and owners: a map for whoever looks for a way on.',
  repair: 'Do not publish ports 8080 and 8081 of kube-state-metrics; allow them by a NetworkPolicy from Prometheus only.',
  techniques: ['T1613'],
  references: ['https://github.com/kubernetes/kube-state-metrics'],
  intrusiveness: 'reading',
  leaves: 'Nothing; kube-state-metrics does not log requests.',
  doors: {
    places: ['published', 'service'],
    ports: [8080, 8081],
    recognise: (door) =>
      pageLooksLike(door, /<title>Kube Metrics Server<\/title>|kube-state-metrics/i) || isCalled(door, /kube-state-metrics/),
  },
  ...decidedBy(
    {
      path: '/metrics',
      shows: says(
        /^# HELP kube_(certificatesigningrequest|configmap|cronjob|daemonset|deployment|endpoint|ingress|job|namespace|node|pod|secret|service|statefulset)/m,
      ),
      outcome: 'fail',
      message: 'kube-state-metrics names every object of the cluster to anybody who can reach it.',
      found: 'metrics of objects',
    },
    {
      path: '/metrics',
      shows: says(/^kube_state_metrics_/m),
      outcome: 'fail',
      severity: 'info',
      message: 'kube-state-metrics gives figures of itself to anybody who can reach it.',
      found: 'metrics of kube-state-metrics itself',
    },
    login('/metrics', { name: /kube-state-metrics/ }),
  ),
});
