import { couldNotLook, defineProbe, httpOf, once, shown } from '../probe.ts';
import { apiDoors, isRefusal, kindOf } from './kubernetes.ts';

export const plainHttp = defineProbe({
  id: 'exposure/api-server/plain-http',
  covers: ['KHV006'],
  title: 'The API is served over TLS only',
  severity: 'critical',
  why: 'The port without TLS of an API server knows neither login nor rights: whoever connects is administrator of the cluster.',
  repair: 'Remove `--insecure-port` and `--insecure-bind-address` from the API server, or the proxy that takes TLS away in front of it.',
  techniques: ['T1133', 'T1613'],
  references: ['https://kubernetes.io/docs/concepts/security/controlling-access/#transport-security'],
  intrusiveness: 'reading',
  leaves: 'One line in the audit log of the API server, if it answers at all.',
  doors: { ...apiDoors, places: ['api-server', 'node'], ports: [8080] },
  send: once((door) =>
    // at other doors only where HTTP is spoken: 8080 belongs to nearly everything
    door.place === 'api-server' || door.greeting.http === 'plain'
      ? [{ is: 'http', over: 'plain', method: 'GET', path: '/api', mostBytes: 4096 }]
      : [],
  ),
  judge: (door, asked) => {
    const [only] = asked;
    if (only === undefined) return undefined;
    const evidence = [shown(only)];
    const [answer] = httpOf(asked);
    if (answer === undefined) {
      const isTlsOnly = door.greeting.tls?.accepted && only.answer.is === 'none' && /^(hung-up|malformed)$/.test(only.answer.why);
      return isTlsOnly ? { outcome: 'pass', message: 'It hangs up on whoever speaks no TLS.', evidence } : couldNotLook(asked);
    }
    const { http } = answer;
    if (http.status === 200 && kindOf(http) === 'APIVersions')
      return {
        outcome: 'fail',
        message: 'The API answers without TLS and without a login: whoever connects may do what the server behind it may do.',
        evidence: [shown(only, 'versions of the API')],
      };
    if (isRefusal(http) && kindOf(http) === 'Status')
      return {
        outcome: 'fail',
        severity: 'high',
        message: 'The API answers without TLS: it asks for a login, and every login sent to it can be read on the way.',
        evidence: [shown(only, 'a refusal by Kubernetes')],
      };
    if (door.place !== 'api-server') return undefined;
    return { outcome: 'pass', message: 'The API is not served without TLS.', evidence };
  },
});
