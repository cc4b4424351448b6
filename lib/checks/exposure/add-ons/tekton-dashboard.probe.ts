import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

const runs = '/apis/tekton.dev/v1/pipelineruns?limit=1';

export const tektonDashboard = defineProbe({
  id: 'exposure/add-ons/tekton-dashboard',
  covers: ['ADD-05'],
  title: 'The Tekton Dashboard answers nobody without a login',
  severity: 'high',
  why: 'The Dashboard has no login of its own and passes requests on to the API server with the rights of its service account; unless it is read-only, that starts pipelines.',
  repair: 'Put a proxy with a login in front of it, install the read-only variant, and do not publish port 9097.',
  techniques: ['T1133', 'T1613'],
  references: ['https://tekton.dev/docs/dashboard/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the Dashboard, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [9097],
    recognise: (door) => pageLooksLike(door, /<title>Tekton/) || isCalled(door, /tekton-dashboard/),
  },
  ...decidedBy(
    {
      path: runs,
      shows: says(/"kind"\s*:\s*"PipelineRunList"/),
      outcome: 'fail',
      message: 'The Tekton Dashboard lists runs of pipelines to anybody who can reach it.',
      found: 'a list of pipeline runs',
    },
    {
      path: '/v1/properties',
      shows: says(/"dashboardNamespace"\s*:/i, /"dashboardVersion"\s*:/i),
      outcome: 'fail',
      severity: 'medium',
      message: 'The Tekton Dashboard answers anybody who can reach it.',
      found: 'its properties',
    },
    login('/v1/properties', { ports: [9097], name: /tekton-dashboard/ }),
  ),
});
