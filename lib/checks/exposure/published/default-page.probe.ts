import { defineProbe } from '../probe.ts';

/** Pages that come with a server and that nobody wrote for this service. */
const pages: readonly (readonly [RegExp, string])[] = [
  [/<title>Welcome to nginx!<\/title>/, 'nginx'],
  [/<title>Test Page for the (Nginx|HTTP Server|Apache)/i, 'a web server'],
  [/<title>Apache2 \w+ Default Page|<h1>It works!<\/h1>/, 'Apache'],
  [/<title>IIS Windows Server<\/title>/, 'IIS'],
  [/<title>Apache Tomcat\/[\d.]+<\/title>/, 'Tomcat'],
  [/<title>Caddy works!<\/title>/, 'Caddy'],
  [/<title>Welcome to OpenResty!<\/title>/, 'OpenResty'],
];
const listing = /<title>(Index of \/|Directory listing for \/)|<h1>Index of \//;

export const defaultPage = defineProbe({
  id: 'exposure/published/default-page',
  covers: ['ADD-11'],
  title: 'Published services show no default page and no list of files',
  severity: 'low',
  why: 'A default page shows a service that somebody published and forgot; a list of files shows what was not meant to be seen.',
  repair:
    'Stop publishing what nobody uses, or give it a page of its own; turn lists of folders off (`autoindex off`, `Options -Indexes`).',
  techniques: ['T1133'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types'],
  intrusiveness: 'passive',
  leaves: 'A line in the access log of the service, if it logs requests.',
  doors: { places: ['published'] },
  send: () => [],
  judge: ({ greeting: { http, page } }) => {
    if (http === undefined || page === undefined) return undefined;
    const looked = http === 'tls' ? 'GET / over TLS' : 'GET /';
    if (page.status === 200 && listing.test(page.body))
      return { outcome: 'fail', message: 'It shows a list of its files.', evidence: [{ looked, found: '200, a list of files' }] };
    const [, server] = page.status === 200 ? (pages.find(([shape]) => shape.test(page.body)) ?? []) : [];
    if (server !== undefined)
      return {
        outcome: 'fail',
        message: 'It shows the page that comes with the server, as if it had been published and forgotten.',
        evidence: [{ looked, found: `200, the default page of ${server}` }],
      };
    return {
      outcome: 'pass',
      message: 'It shows neither a default page nor a list of files.',
      evidence: [{ looked, found: String(page.status) }],
    };
  },
});
