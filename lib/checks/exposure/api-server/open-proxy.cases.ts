import { none, type ProbeCase, page } from '../probe.ts';

const resources = JSON.stringify({ kind: 'APIResourceList', groupVersion: 'v1', resources: [{ name: 'secrets' }] });

export const cases: readonly ProbeCase[] = [
  {
    name: 'open to every host',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(200, '{"kind":"APIVersions","versions":["v1"]}'), 'GET /api/v1': page(200, resources) },
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'open to whoever says localhost',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(403, 'Forbidden\n'), 'GET /api/v1': page(200, resources) },
    expect: 'fail',
    severity: 'critical',
  },
  { name: 'refuses', greeting: { http: 'plain' }, answers: {}, otherwise: page(403, 'Forbidden\n'), expect: 'pass' },
  { name: 'an administration page of something else', greeting: { http: 'plain' }, answers: {}, otherwise: page(404), expect: 'nothing' },
  { name: 'no HTTP', greeting: { banner: 'hello' }, answers: {}, expect: 'nothing' },
  {
    name: 'half an answer',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(403, 'Forbidden\n'), 'GET /api/v1': none('timed-out') },
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting: { http: 'plain' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
