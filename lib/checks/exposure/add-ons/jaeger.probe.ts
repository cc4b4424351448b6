import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

export const jaeger = defineProbe({
  id: 'exposure/add-ons/jaeger',
  covers: ['ADD-08'],
  title: 'Jaeger shows traces to nobody without a login',
  severity: 'medium',
  why: 'Traces name services, addresses, queries and users, and now and then hold what was sent.',
  repair: 'Put a proxy with a login in front of Jaeger, which has none of its own, and do not publish port 16686.',
  techniques: ['T1613'],
  references: ['https://www.jaegertracing.io/docs/latest/deployment/security/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Jaeger, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [16686],
    recognise: (door) => pageLooksLike(door, /<title>Jaeger UI<\/title>/) || isCalled(door, /jaeger/),
  },
  ...decidedBy(
    {
      path: '/api/services',
      shows: says(/"data"\s*:\s*(\[|null)/, /"total"\s*:/, /"errors"\s*:/),
      outcome: 'fail',
      message: 'Jaeger shows its traces to anybody who can reach it.',
      found: 'a list of services',
    },
    login('/api/services', { ports: [16686], name: /jaeger/ }),
  ),
});
