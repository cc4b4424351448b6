import { defineProbe } from '../probe.ts';

export const plainHttp = defineProbe({
  id: 'exposure/published/plain-http',
  covers: ['ADD-11'],
  title: 'Published services lead plain HTTP to TLS',
  severity: 'low',
  why: 'Whoever is on the way reads and changes what goes over plain HTTP, logins included.',
  repair: 'Serve it over TLS and let plain HTTP answer with a redirect to `https://` only, or close the plain port.',
  techniques: ['T1133', 'T1557'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],
  intrusiveness: 'passive',
  leaves: 'A line in the access log of the service, if it logs requests.',
  doors: { places: ['published'] },
  send: () => [],
  judge: ({ greeting: { http, page } }) => {
    if (http !== 'plain' || page === undefined) return undefined;
    const { status, headers } = page;
    const isRedirect = status >= 300 && status < 400 && /^https:\/\//i.test(headers.location ?? '');
    if (isRedirect)
      return { outcome: 'pass', message: 'Plain HTTP leads to TLS.', evidence: [{ looked: 'GET /', found: `${status} to https://` }] };
    return {
      outcome: 'fail',
      message: 'It is published over plain HTTP, and nothing leads to TLS.',
      evidence: [{ looked: 'GET /', found: `${status}, no redirect to https://` }],
    };
  },
});
