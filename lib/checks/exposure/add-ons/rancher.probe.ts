import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, pageLooksLike, says } from './signs.ts';

export const rancher = defineProbe({
  id: 'exposure/add-ons/rancher',
  covers: ['ADD-08'],
  title: 'Rancher shows its clusters to nobody without a login',
  severity: 'info',
  why: 'Rancher holds the keys of every cluster it manages; whoever can reach it may try to log in.',
  repair: 'Restrict the address of Rancher to the networks of administrators, and let it use an identity provider with a second factor.',
  techniques: ['T1133'],
  references: ['https://ranchermanager.docs.rancher.com/reference-guides/rancher-security'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Rancher, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [],
    recognise: (door) =>
      pageLooksLike(door, /<title>Rancher<\/title>/) ||
      door.greeting.page?.headers['x-api-schemas'] !== undefined ||
      isCalled(door, /rancher/),
  },
  ...decidedBy(
    {
      path: '/v3/clusters',
      shows: says(/"type"\s*:\s*"collection"/, /"resourceType"\s*:\s*"cluster"/),
      outcome: 'fail',
      severity: 'critical',
      message: 'Rancher lists its clusters to anybody who can reach it.',
      found: 'a list of clusters',
    },
    {
      path: '/v3-public/authProviders',
      shows: says(/"type"\s*:\s*"collection"/, /"resourceType"\s*:\s*"authProvider"/, /"id"\s*:\s*"local"/),
      outcome: 'fail',
      message: 'Rancher offers anybody who can reach it to log in with a local password.',
      found: 'the local provider',
    },
    {
      path: '/v3-public/authProviders',
      shows: says(/"type"\s*:\s*"collection"/, /"resourceType"\s*:\s*"authProvider"/),
      outcome: 'pass',
      message: 'Rancher asks for a login at an identity provider.',
      found: 'providers, none of them local',
    },
  ),
});
