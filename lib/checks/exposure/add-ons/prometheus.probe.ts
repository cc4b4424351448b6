import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

export const prometheus = defineProbe({
  id: 'exposure/add-ons/prometheus',
  covers: ['ADD-03'],
  title: 'Prometheus answers nobody without a login',
  severity: 'high',
  why: 'The configuration names every target and service of the cluster, and queries return whatever any workload exports: names, addresses, versions, sometimes tokens in labels.',
  repair: 'Give Prometheus a `--web.config.file` with TLS and users, or put a proxy with a login in front, and do not publish port 9090.',
  techniques: ['T1613', 'T1133'],
  references: ['https://prometheus.io/docs/operating/security/', 'https://prometheus.io/docs/prometheus/latest/configuration/https/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Prometheus, if it logs requests.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [9090],
    recognise: (door) => pageLooksLike(door, /<title>Prometheus|^\/(classic\/)?(graph|query)$/) || isCalled(door, /prometheus/),
  },
  ...decidedBy(
    {
      path: '/api/v1/status/config',
      shows: says(/"status"\s*:\s*"success"/, /"yaml"\s*:\s*"/),
      outcome: 'fail',
      message: 'Prometheus gives its configuration and every metric to anybody who can reach it.',
      found: 'its configuration',
    },
    {
      path: '/api/v1/labels',
      shows: says(/"status"\s*:\s*"success"/, /"data"\s*:\s*\["__name__"/),
      outcome: 'fail',
      severity: 'medium',
      message: 'A Prometheus API answers queries of anybody who can reach it.',
      found: 'names of labels',
    },
    login('/api/v1/status/config', { ports: [9090], name: /prometheus/ }),
  ),
});
