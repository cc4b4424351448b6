import { defineProbe } from '../probe.ts';

/** `nginx/1.22.1`, `PHP/8.1.2`: a name with a number. */
const versioned = /^[A-Za-z][\w .-]{0,40}\/\d[\w.+-]{0,40}/;

export const serverVersion = defineProbe({
  id: 'exposure/published/server-version',
  covers: ['ADD-11'],
  title: 'Published services do not tell the version of their server',
  severity: 'info',
  why: 'The exact version saves whoever attacks the search for flaws that work.',
  repair: 'Turn the version off: `server_tokens off` in nginx, `ServerTokens Prod` in Apache, `expose_php = Off` in PHP.',
  techniques: ['T1046'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#server_tokens'],
  intrusiveness: 'passive',
  leaves: 'A line in the access log of the service, if it logs requests.',
  doors: { places: ['published'] },
  send: () => [],
  judge: ({ greeting: { http, page } }) => {
    if (http === undefined || page === undefined) return undefined;
    const looked = http === 'tls' ? 'GET / over TLS' : 'GET /';
    const told = ['server', 'x-powered-by'].flatMap((name) => versioned.exec(page.headers[name] ?? '')?.[0] ?? []);
    return told.length > 0
      ? { outcome: 'fail', message: 'It tells the version of its server.', evidence: [{ looked, found: told.join(', ') }] }
      : {
          outcome: 'pass',
          message: 'It does not tell the version of its server.',
          evidence: [{ looked, found: 'no version in the headers' }],
        };
  },
});
