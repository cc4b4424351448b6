import type { ProbeAnswer } from '../../../core/probing/index.ts';
import { requestText } from '../../../core/probing/index.ts';
import { none, type OpenDoor, type ProbeCase, page } from '../probe.ts';
import { openProxy } from './open-proxy.probe.ts';

const [, asLocalhost = ''] = openProxy.send({ greeting: { http: 'plain' } } as OpenDoor, []).map(requestText);
const bytes = (text: string): ProbeAnswer => ({ is: 'bytes', bytes: '', text });
const resources = bytes('HTTP/1.0 200 OK\r\nAudit-Id: secret-id\r\n\r\n{"kind":"APIResourceList","groupVersion":"v1","resources":[]}');
const forbidden = bytes('HTTP/1.0 403 Forbidden\r\n\r\nForbidden\n');

export const cases: readonly ProbeCase[] = [
  {
    name: 'open to every host',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(200, '{"kind":"APIVersions","versions":["v1"]}'), [asLocalhost]: resources },
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'open to whoever says localhost',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(403, 'Forbidden\n'), [asLocalhost]: resources },
    expect: 'fail',
    severity: 'critical',
    says: 'localhost',
    hides: 'secret-id',
  },
  {
    name: 'refuses',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(403, 'Forbidden\n'), [asLocalhost]: forbidden },
    expect: 'pass',
  },
  {
    name: 'an administration page of something else',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(404), [asLocalhost]: bytes('HTTP/1.1 200 OK\r\n\r\n{"kind":"shop"}') },
    expect: 'nothing',
  },
  { name: 'no HTTP', greeting: { banner: 'hello' }, answers: {}, expect: 'nothing' },
  {
    name: 'half an answer',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(403, 'Forbidden\n'), [asLocalhost]: none('timed-out') },
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting: { http: 'plain' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
