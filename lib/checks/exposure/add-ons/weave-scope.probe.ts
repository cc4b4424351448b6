import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, login, pageLooksLike, says } from './signs.ts';

export const weaveScope = defineProbe({
  id: 'exposure/add-ons/weave-scope',
  covers: ['ADD-08'],
  title: 'Weave Scope answers nobody without a login',
  severity: 'critical',
  why: 'Scope opens a shell in every container and, with its agent, on every node, for whoever reaches its page.',
  repair: 'Remove Weave Scope, which is no longer developed, or start it with `--probe.no-controls` behind a proxy that asks for a login.',
  techniques: ['T1133', 'T1609'],
  references: ['https://github.com/weaveworks/scope'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Scope, if it logs requests.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [4040],
    recognise: (door) => pageLooksLike(door, /<title>Weave Scope<\/title>/) || isCalled(door, /weave-scope/),
  },
  ...decidedBy(
    {
      path: '/api/topology',
      shows: says(/"url"\s*:\s*"\/api\/topology\//),
      outcome: 'fail',
      message: 'Weave Scope shows all containers to anybody who can reach it, and opens shells in them.',
      found: 'a list of topologies',
    },
    login('/api/topology', { ports: [4040], name: /weave-scope/ }),
  ),
});
