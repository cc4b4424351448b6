import { hex, latin1 } from '../add-ons/bytes.ts';
import { type Asked, couldNotLook, defineProbe, httpOf, isSilent, once, shown } from '../probe.ts';
import { isRefusal, kindOf } from './kubernetes.ts';

const kinds = ['APIVersions', 'APIResourceList'];

/** By default it takes requests for localhost only, and believes whoever says so. The sender writes `Host` itself, so this one is put in bytes. */
const asLocalhost = hex(
  latin1('GET /api/v1 HTTP/1.0\r\nHost: localhost\r\nUser-Agent: gatehouse (exposure/api-server/open-proxy)\r\n\r\n'),
);

/** Whether the API answered to a request in bytes. */
const isAnsweredIn = ({ answer }: Asked): boolean =>
  answer.is === 'bytes' && /^HTTP\/1\.[01] 200 /.test(answer.text) && /"kind"\s*:\s*"APIResourceList"/.test(answer.text);

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
  send: once(({ greeting: { http } }) =>
    http !== 'plain'
      ? []
      : [
          { is: 'http', over: 'plain', method: 'GET', path: '/api', mostBytes: 4096 },
          { is: 'tcp', over: 'plain', send: asLocalhost, mostBytes: 4096 },
        ],
  ),
  judge: (_, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const answers = httpOf(asked);
    const listed = answers.filter(({ http }) => http.status === 200 && kinds.includes(kindOf(http) ?? '')).map((one) => one.asked);
    const open = [...listed, ...asked.filter(isAnsweredIn)];
    if (open.length > 0)
      return {
        outcome: 'fail',
        message: 'A proxy gives anybody the rights of whoever started it.',
        evidence: open.map((one) => shown(one, one.request.is === 'tcp' ? 'the API, as a request for localhost' : 'the API')),
      };
    if (asked.some(({ answer }) => answer.is === 'none')) return couldNotLook(asked);
    // nearly every server refuses something; only the proxy and the API do it in these words
    const refusals = answers.filter(({ http }) => isRefusal(http) && (http.body.trim() === 'Forbidden' || kindOf(http) === 'Status'));
    if (refusals.length === 0) return undefined;
    return { outcome: 'pass', message: 'It sends nothing on for strangers.', evidence: refusals.map(({ asked: one }) => shown(one)) };
  },
});
