import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, pageLooksLike, says } from './signs.ts';

export const argoCd = defineProbe({
  id: 'exposure/add-ons/argo-cd',
  covers: ['ADD-05'],
  title: 'Argo CD shows its applications to nobody without a login',
  severity: 'high',
  why: 'Argo CD deploys into clusters with far-reaching rights; its applications name repositories, clusters and everything that runs.',
  repair:
    'Set `users.anonymous.enabled: "false"` in the ConfigMap `argocd-cm`, and `policy.default` in `argocd-rbac-cm` to no role at all.',
  techniques: ['T1133', 'T1613'],
  references: ['https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/#anonymous-access'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the Argo CD server, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [8080],
    recognise: (door) => pageLooksLike(door, /<title>Argo ?CD<\/title>/i) || isCalled(door, /argo-?cd/),
  },
  ...decidedBy(
    {
      path: '/api/v1/applications',
      shows: (answer, of, door) => {
        const version = of('/api/version');
        return (
          says(/"metadata"\s*:\s*\{/, /"items"\s*:/)(answer, of, door) &&
          version !== undefined &&
          says(/"Version"\s*:\s*"v\d/)(version, of, door)
        );
      },
      outcome: 'fail',
      message: 'Argo CD lists its applications to anybody who can reach it.',
      found: 'a list of applications',
    },
    {
      path: '/api/v1/applications',
      shows: ({ status, body }) => status === 401 && /no session information/.test(body),
      outcome: 'pass',
      message: 'Argo CD asks for a login.',
      found: 'a login is asked for',
    },
    {
      path: '/api/version',
      shows: says(/"Version"\s*:\s*"v\d/),
      outcome: 'not-applicable',
      message: 'Argo CD says nothing of applications there.',
      found: 'a version of Argo CD',
    },
  ),
});
