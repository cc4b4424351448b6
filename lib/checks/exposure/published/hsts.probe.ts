import { defineProbe } from '../probe.ts';

export const hsts = defineProbe({
  id: 'exposure/published/hsts',
  covers: ['ADD-11'],
  title: 'Published hosts tell browsers to come back over TLS only',
  severity: 'low',
  why: 'Without HSTS the first request of a browser may go over plain HTTP, where whoever is on the way keeps it from ever reaching TLS.',
  repair: 'Answer with `Strict-Transport-Security: max-age=31536000`; ingress-nginx does so unless `hsts: "false"` is set.',
  techniques: ['T1557'],
  references: ['https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Strict-Transport-Security'],
  intrusiveness: 'passive',
  leaves: 'A line in the access log of the service, if it logs requests.',
  // browsers heed it for names alone, so that doors without a host say nothing
  doors: { places: ['published'], recognise: ({ host }) => host !== undefined },
  send: () => [],
  judge: ({ host, greeting: { http, page } }) => {
    if (host === undefined || http !== 'tls' || page === undefined || page.status >= 500) return undefined;
    const header = page.headers['strict-transport-security'];
    const age = Number(/max-age\s*=\s*"?(\d+)/i.exec(header ?? '')?.[1] ?? 0);
    const evidence = [{ looked: 'GET / over TLS', found: header === undefined ? 'no Strict-Transport-Security' : `max-age ${age}` }];
    return age > 0
      ? { outcome: 'pass', message: 'Browsers are told to come back over TLS only.', evidence }
      : { outcome: 'fail', message: 'Browsers are not told to come back over TLS only.', evidence };
  },
});
