import { defineProbe } from '../probe.ts';
import { captured, decidedBy, isCalled, pageLooksLike, says } from './signs.ts';

export const harbor = defineProbe({
  id: 'exposure/add-ons/harbor',
  covers: ['ADD-06'],
  title: 'Harbor lets nobody make an account and does not tell its version',
  severity: 'medium',
  why: 'Whoever may register reads every public project at once, and the exact version tells which known flaws work.',
  repair: 'Turn off self-registration in the configuration of Harbor, and update: current versions tell their version to users only.',
  techniques: ['T1525', 'T1133'],
  references: ['https://goharbor.io/docs/main/administration/configure-authentication/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of Harbor, if it logs requests.',
  doors: {
    places: ['published', 'service'],
    ports: [],
    recognise: (door) => pageLooksLike(door, /<title>Harbor<\/title>/) || isCalled(door, /harbor/),
  },
  ...decidedBy(
    {
      path: '/api/v2.0/systeminfo',
      shows: says(/"auth_mode"\s*:/, /"self_registration"\s*:\s*true/),
      outcome: 'fail',
      message: 'Harbor lets anybody who can reach it make an account.',
      found: 'self-registration is on',
    },
    {
      path: '/api/v2.0/systeminfo',
      shows: says(/"auth_mode"\s*:/, /"harbor_version"\s*:\s*"/),
      outcome: 'fail',
      severity: 'low',
      message: 'Harbor tells its version to anybody who can reach it.',
      found: captured(/"harbor_version"\s*:\s*"([\w.+-]+)"/, (version) => `Harbor ${version}`, 'a version'),
    },
    {
      path: '/api/v2.0/systeminfo',
      shows: says(/"auth_mode"\s*:/, /"self_registration"\s*:\s*false/),
      outcome: 'pass',
      message: 'Harbor takes nobody without an account.',
      found: 'self-registration is off, no version',
    },
  ),
});
