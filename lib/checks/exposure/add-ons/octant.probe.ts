import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

const title = /<title>Octant<\/title>/;

export const octant = defineProbe({
  id: 'exposure/add-ons/octant',
  covers: ['ADD-08'],
  title: 'Octant is reachable by nobody else',
  severity: 'high',
  why: 'Octant has no login: it shows and changes a cluster with the kubeconfig of whoever started it.',
  repair: 'Stop Octant, which is no longer developed, or let it listen on loopback only.',
  techniques: ['T1133', 'T1613'],
  references: ['https://github.com/vmware-archive/octant'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Octant, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [7777],
    recognise: (door) => pageLooksLike(door, title) || isCalled(door, /octant/),
  },
  ...decidedBy(
    {
      path: '/',
      shows: says(title),
      outcome: 'fail',
      message: 'Octant shows the cluster to anybody who can reach it.',
      found: 'the page of Octant',
    },
    login('/', { ports: [7777], name: /octant/ }),
  ),
});
