import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, pageLooksLike, type Sign, says } from './signs.ts';

export const kiali = defineProbe({
  id: 'exposure/add-ons/kiali',
  covers: ['ADD-08'],
  title: 'Kiali shows the mesh to nobody without a login',
  severity: 'medium',
  why: 'Kiali shows every workload of the mesh with its traffic and configuration, and changes the latter unless it only views.',
  repair: 'Set `auth.strategy` to `openid`, `openshift` or `token` instead of `anonymous`.',
  techniques: ['T1133', 'T1613'],
  references: ['https://kiali.io/docs/configuration/authentication/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Kiali, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [20001],
    recognise: (door) => pageLooksLike(door, /<title>Kiali|^\/kiali/) || isCalled(door, /kiali/),
  },
  ...decidedBy(
    ...['/kiali/api/auth/info', '/api/auth/info'].flatMap((path): readonly Sign[] => [
      {
        path,
        shows: says(/"strategy"\s*:\s*"anonymous"/),
        outcome: 'fail',
        message: 'Kiali shows the mesh to anybody who can reach it.',
        found: 'anonymous strategy',
      },
      {
        path,
        shows: says(/"strategy"\s*:\s*"(token|openid|openshift|header|login|ldap)"/),
        outcome: 'pass',
        message: 'Kiali asks for a login.',
        found: 'a login is asked for',
      },
    ]),
  ),
});
