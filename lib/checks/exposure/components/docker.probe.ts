import { bySigns, captured, login, says } from '../add-ons/signs.ts';
import { asksForCertificate, behindCertificate } from '../add-ons/talk.ts';
import { defineProbe, get, once } from '../probe.ts';

const ports = [2375, 2376];
const signs = [
  {
    path: '/version',
    shows: says(/^\s*\{/, /"ApiVersion"\s*:\s*"\d/, /"(MinAPIVersion|GitCommit)"/),
    outcome: 'fail',
    message: 'The container engine of the node takes orders from anybody who can reach it.',
    found: captured(/"Version"\s*:\s*"(\d[\w.+-]*)"/, (version) => `version ${version}`, 'its version'),
  },
  login('/version', { ports }),
] as const;

export const docker = defineProbe({
  id: 'exposure/components/docker',
  covers: ['CMP-09'],
  title: 'No container engine takes orders over the network without a client certificate',
  severity: 'critical',
  why: 'Whoever may start a container on the node may start a privileged one that mounts its disk: the node, and with it the credentials of every pod on it, is theirs.',
  repair: 'Remove `-H tcp://…` from the flags of the engine, or set `--tlsverify` with an authority of its own.',
  techniques: ['T1609', 'T1610'],
  references: ['https://docs.docker.com/engine/security/protect-access/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; the engine does not log this question.',
  doors: { places: ['node', 'published', 'service'], ports },
  send: once((door) => get(door, '/version')),
  judge: (door, asked) => (asksForCertificate(door) ? behindCertificate : bySigns(signs, door, asked)),
});
