import { couldNotLook, defineProbe, httpOf, isSilent, once, shown } from '../probe.ts';
import { isRefusal, kindOf } from './kubernetes.ts';

const kinds = ['APIVersions', 'APIResourceList'];

export const openProxy = defineProbe({
  id: 'exposure/api-server/open-proxy',
  covers: ['KHV049'],
  title: 'No `kubectl proxy` is left open',
  severity: 'critical',
  why: 'A `kubectl proxy` sends every request on with the login of the person who started it, usually an administrator.',
  repair: 'End the proxy; start it without `--address`, so that it listens on its own machine only, and never with `--accept-hosts`.',
  techniques: ['T1090', 'T1133'],
  references: ['https://kubernetes.io/docs/reference/kubectl/generated/kubectl_proxy/'],
  intrusiveness: 'reading',
  leaves: 'Two lines in the audit log of the API server, under the name of whoever started the proxy.',
  doors: { places: ['node', 'published', 'service'], ports: [8001] },
  // by default it takes requests for localhost only, and believes whoever says so
  send: once(({ greeting: { http } }) =>
    http !== 'plain'
      ? []
      : [
          { is: 'http', over: 'plain', method: 'GET', path: '/api', mostBytes: 4096 },
          { is: 'http', over: 'plain', method: 'GET', path: '/api/v1', headers: { host: 'localhost' }, mostBytes: 4096 },
        ],
  ),
  judge: (_, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const answers = httpOf(asked);
    const open = answers.filter(({ http }) => http.status === 200 && kinds.includes(kindOf(http) ?? ''));
    if (open.length > 0)
      return {
        outcome: 'fail',
        message: 'A proxy gives anybody the rights of whoever started it.',
        evidence: open.map(({ asked: one }) => shown(one, 'the API of Kubernetes')),
      };
    if (answers.length < asked.length) return couldNotLook(asked);
    // nearly every server refuses something; only the proxy and the API do it in these words
    const refusals = answers.filter(({ http }) => isRefusal(http) && (http.body.trim() === 'Forbidden' || kindOf(http) === 'Status'));
    if (refusals.length === 0) return undefined;
    return { outcome: 'pass', message: 'It sends nothing on for strangers.', evidence: refusals.map(({ asked: one }) => shown(one)) };
  },
});
