import { defineProbe } from '../probe.ts';
import { decidedBy, isCalled, says } from './signs.ts';

const catalog = '/v2/_catalog?n=1';
const isRegistry = (headers: Readonly<Record<string, string>>): boolean => headers['docker-distribution-api-version'] !== undefined;

export const registry = defineProbe({
  id: 'exposure/add-ons/registry',
  covers: ['ADD-06'],
  title: 'The image registry lists its images to nobody without a login',
  severity: 'high',
  why: 'Images hold code, configuration and often credentials, and a registry without a login usually takes pushes too: then whoever reaches it chooses what runs.',
  repair: 'Give the registry an `auth` section (`htpasswd` or `token`) and TLS, and do not publish it without.',
  techniques: ['T1525', 'T1613'],
  references: ['https://distribution.github.io/distribution/about/configuration/#auth'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the registry, if it logs requests.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [5000, 5001],
    recognise: (door) => door.greeting.page?.headers['docker-distribution-api-version'] !== undefined || isCalled(door, /registry|harbor/),
  },
  ...decidedBy(
    {
      path: catalog,
      shows: says(/^\s*\{\s*"repositories"\s*:\s*\[/),
      outcome: 'fail',
      message: 'The registry lists its images to anybody who can reach it.',
      found: 'a catalogue of repositories',
    },
    {
      path: '/v2/',
      shows: ({ status, headers }) => status === 200 && isRegistry(headers),
      outcome: 'fail',
      severity: 'medium',
      message: 'The registry asks nobody for a login, though it lists no images.',
      found: 'the interface of a registry',
    },
    {
      path: '/v2/',
      shows: ({ status, headers }) =>
        status === 401 && (isRegistry(headers) || /\/service\/token|registry|docker/i.test(headers['www-authenticate'] ?? '')),
      outcome: 'pass',
      message: 'The registry asks for a login.',
      found: 'a login is asked for',
    },
  ),
});
