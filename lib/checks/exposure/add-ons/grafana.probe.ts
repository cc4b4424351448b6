import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, pageLooksLike, type Sign, says } from './signs.ts';

/** Says what answers is Grafana, which a list of something or an object with a name alone would not prove. */
const health = '/api/health';
const isGrafana = (of: Parameters<Sign['shows']>[1]): boolean => {
  const answer = of(health);
  return answer?.status === 200 && /"database"\s*:/.test(answer.body);
};

export const grafana = defineProbe({
  id: 'exposure/add-ons/grafana',
  covers: ['ADD-03'],
  title: 'Grafana shows nothing to somebody without a login',
  severity: 'medium',
  why: 'An anonymous organisation lets everybody read the dashboards and put queries to every data source behind them.',
  repair:
    'Set `auth.anonymous.enabled: false`, or at least `org_role: Viewer` in an organisation that holds nothing but what is meant for everybody.',
  techniques: ['T1613', 'T1133'],
  references: ['https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/configure-authentication/anonymous-auth/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Grafana, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [3000],
    recognise: (door) => pageLooksLike(door, /grafanaBootData|<title>Grafana<\/title>/) || isCalled(door, /grafana/),
  },
  ...decidedBy(
    {
      path: '/api/datasources',
      shows: (answer, of, door) => says(/^\s*\[/)(answer, of, door) && isGrafana(of),
      outcome: 'fail',
      severity: 'high',
      message: 'Grafana makes anybody an administrator of an organisation: it lists its data sources without a login.',
      found: 'a list of data sources',
    },
    {
      path: '/api/org',
      shows: (answer, of, door) => says(/"id"\s*:\s*\d+/, /"name"\s*:/)(answer, of, door) && isGrafana(of),
      outcome: 'fail',
      message: 'Grafana lets anybody into an organisation without a login.',
      found: 'an organisation',
    },
    {
      path: '/api/org',
      shows: ({ status }, of) => status === 401 && isGrafana(of),
      outcome: 'pass',
      message: 'Grafana asks for a login.',
      found: 'a login is asked for',
    },
    {
      path: health,
      shows: says(/"database"\s*:/),
      outcome: 'not-applicable',
      message: 'Grafana says nothing of organisations there.',
      found: 'health of Grafana',
    },
  ),
});
