import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

export const kubernetesDashboard = defineProbe({
  id: 'exposure/add-ons/kubernetes-dashboard',
  covers: ['KHV029', 'ADD-01'],
  title: 'The Kubernetes Dashboard shows nothing to somebody without a login',
  severity: 'critical',
  why: 'The Dashboard acts with the rights of its own service account for whoever skips the login, and that account has often been made cluster-admin.',
  repair:
    'Remove `--enable-skip-login` and `--enable-insecure-login`, take all rights but its own Secrets from the service account of the Dashboard, and publish it behind a proxy that asks for a login, or not at all.',
  techniques: ['T1133', 'T1613'],
  references: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the Dashboard, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [8443, 9090, 30000],
    recognise: (door) =>
      pageLooksLike(door, /<title>Kubernetes Dashboard<\/title>|kubernetesDashboard/) || isCalled(door, /kubernetes-dashboard/),
  },
  ...decidedBy(
    {
      path: '/api/v1/node',
      shows: says(/"listMeta"\s*:/, /"nodes"\s*:\s*\[\s*\{/),
      outcome: 'fail',
      message: 'The Kubernetes Dashboard lists the nodes of the cluster to anybody, with the rights of its own service account.',
      found: 'a list of nodes',
    },
    {
      path: '/api/v1/login/skippable',
      shows: says(/"skippable"\s*:\s*true/),
      outcome: 'fail',
      severity: 'medium',
      message: 'The login of the Kubernetes Dashboard can be skipped; its own service account may not list nodes.',
      found: 'the login can be skipped',
    },
    {
      path: '/api/v1/login/skippable',
      shows: says(/"skippable"\s*:\s*false/),
      outcome: 'pass',
      message: 'The Kubernetes Dashboard asks for a login that cannot be skipped.',
      found: 'the login cannot be skipped',
    },
    login('/api/v1/node', { name: /kubernetes-dashboard/ }),
  ),
});
