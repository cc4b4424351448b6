import { none, type ProbeCase, page } from '../probe.ts';

const list = JSON.stringify({
  kind: 'PodList',
  items: [{ spec: { containers: [{ env: [{ value: 'hunter2' }] }] }, status: { podIP: '10.1.1.1' } }],
});

export const cases: readonly ProbeCase[] = [
  {
    name: 'a list of pods',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(200, list) },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  { name: 'on the read-only port', greeting: { http: 'plain' }, answers: { 'GET /pods': page(200, list) }, expect: 'fail' },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(401, 'Unauthorized') },
    expect: 'pass',
    says: '401',
  },
  {
    name: 'anonymous, but not allowed',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(403) },
    expect: 'fail',
    severity: 'low',
  },
  { name: 'something else that listens there', greeting: { http: 'plain' }, answers: { 'GET /pods': page(404) }, expect: 'nothing' },
  {
    name: 'the read-only port has no login to ask for',
    door: { port: 10255 },
    greeting: { http: 'plain' },
    answers: { 'GET /pods': page(401) },
    expect: 'nothing',
  },
  { name: 'no HTTP', answers: {}, expect: 'nothing' },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
