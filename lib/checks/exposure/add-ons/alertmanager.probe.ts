import { defineProbe } from '../probe.ts';
import { captured, decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

export const alertmanager = defineProbe({
  id: 'exposure/add-ons/alertmanager',
  covers: ['ADD-03'],
  title: 'Alertmanager answers nobody without a login',
  severity: 'medium',
  why: 'Whoever reaches Alertmanager can read whom it notifies and silence every alarm, so that an attack goes unnoticed.',
  repair: 'Give Alertmanager a `--web.config.file` with TLS and users, or put a proxy with a login in front, and do not publish port 9093.',
  techniques: ['T1613', 'T1133'],
  references: ['https://prometheus.io/docs/alerting/latest/https/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Alertmanager, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [9093],
    recognise: (door) => pageLooksLike(door, /<title>Alertmanager<\/title>/) || isCalled(door, /alertmanager/),
  },
  ...decidedBy(
    {
      path: '/api/v2/status',
      shows: says(/"versionInfo"\s*:/, /"cluster"\s*:/, /"config"\s*:/),
      outcome: 'fail',
      message: 'Alertmanager gives its configuration to anybody who can reach it, and takes silences from them.',
      found: captured(
        /"version"\s*:\s*"([\w.+-]+)"/,
        (version) => `configuration of Alertmanager ${version}`,
        'configuration of Alertmanager',
      ),
    },
    login('/api/v2/status', { ports: [9093], name: /alertmanager/ }),
  ),
});
