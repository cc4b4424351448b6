import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, pageLooksLike, says } from './signs.ts';

const list = '/api/v1/workflows/?listOptions.limit=1';

export const argoWorkflows = defineProbe({
  id: 'exposure/add-ons/argo-workflows',
  covers: ['ADD-05'],
  title: 'Argo Workflows does nothing for somebody without a login',
  severity: 'high',
  why: "In the mode `server` everybody acts with the rights of the server, and a workflow is nothing but pods of one's own choice: miners have been run that way in many clusters.",
  repair: 'Start the Argo server with `--auth-mode=client` or `--auth-mode=sso`, and do not publish port 2746.',
  techniques: ['T1133', 'T1610'],
  references: ['https://argo-workflows.readthedocs.io/en/latest/argo-server-auth-mode/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the Argo server, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [2746],
    recognise: (door) => pageLooksLike(door, /<title>Argo<\/title>/) || isCalled(door, /argo-(workflows|server)/),
  },
  ...decidedBy(
    {
      path: list,
      shows: says(/"metadata"\s*:\s*\{/, /"items"\s*:/),
      outcome: 'fail',
      message: 'Argo Workflows lists workflows to anybody who can reach it, so it acts for them with the rights of its server.',
      found: 'a list of workflows',
    },
    {
      path: '/api/v1/info',
      shows: says(/"(managedNamespace|navColor|modals)"\s*:/),
      outcome: 'fail',
      message: 'Argo Workflows takes anybody for a user, so it acts for them with the rights of its server.',
      found: 'settings of the server',
    },
    {
      path: '/api/v1/info',
      shows: ({ status, body }) => status === 401 && /"code"\s*:\s*16\b/.test(body),
      outcome: 'pass',
      message: 'Argo Workflows asks for a login.',
      found: 'a login is asked for',
    },
  ),
});
