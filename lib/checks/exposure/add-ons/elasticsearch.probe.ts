import { defineProbe } from '../probe.ts';
import { captured, decidedBy, isCalled, login, says } from './signs.ts';

const tagline = /"tagline"\s*:\s*"(You Know, for Search|The OpenSearch Project)/;

export const elasticsearch = defineProbe({
  id: 'exposure/add-ons/elasticsearch',
  covers: ['ADD-07'],
  title: 'Elasticsearch and OpenSearch answer nobody without a login',
  severity: 'high',
  why: 'Indices hold logs and personal data, and without a login anybody reads, changes and deletes them.',
  repair: 'Set `xpack.security.enabled: true` (the security plugin in OpenSearch), with TLS, and give no role to anonymous users.',
  techniques: ['T1133', 'T1552.007'],
  references: ['https://www.elastic.co/docs/deploy-manage/security'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the search engine, if it logs requests.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [9200],
    recognise: (door) => tagline.test(door.greeting.page?.body ?? '') || isCalled(door, /elasticsearch|opensearch/),
  },
  ...decidedBy(
    {
      path: '/_cluster/health',
      shows: says(/"cluster_name"\s*:/, /"number_of_nodes"\s*:/),
      outcome: 'fail',
      message: 'The search engine answers anybody who can reach it, without a login.',
      found: 'health of the cluster of search nodes',
    },
    {
      path: '/',
      shows: says(tagline),
      outcome: 'fail',
      severity: 'low',
      message: 'The search engine tells its version to anybody who can reach it; more needs a login.',
      found: captured(/"number"\s*:\s*"([\w.+-]+)"/, (version) => `version ${version}`, 'its name'),
    },
    {
      path: '/_cluster/health',
      shows: ({ status, headers, body }) =>
        status === 401 && /security_exception|security|opensearch/i.test(`${headers['www-authenticate'] ?? ''} ${body}`),
      outcome: 'pass',
      message: 'The search engine asks for a login.',
      found: 'a login is asked for',
    },
    login('/_cluster/health', { ports: [9200], name: /elasticsearch|opensearch/ }),
  ),
});
