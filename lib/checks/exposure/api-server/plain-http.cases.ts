import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const versions = JSON.stringify({ kind: 'APIVersions', versions: ['v1'] });
const tls = { is: 'tls', accepted: true, chain: [] } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'the insecure port of old',
    greeting: { http: 'plain' },
    door: { place: 'node', port: 8080 },
    answers: { 'GET /api': page(200, versions) },
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'TLS taken away on the way',
    greeting: { http: 'plain' },
    answers: { 'GET /api': page(403, refused(403)) },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'as Go answers plain HTTP on a TLS port',
    greeting: { http: 'tls', tls },
    answers: { 'GET /api': page(400, 'Client sent an HTTP request to an HTTPS server.\n') },
    expect: 'pass',
  },
  { name: 'a redirect to TLS', greeting: { http: 'tls', tls }, answers: { 'GET /api': page(301, '', { location: '/' }) }, expect: 'pass' },
  { name: 'hangs up', greeting: { http: 'tls', tls }, answers: { 'GET /api': none('hung-up') }, expect: 'pass' },
  {
    name: 'an application on 8080',
    greeting: { http: 'plain' },
    door: { place: 'node', port: 8080 },
    answers: { 'GET /api': page(404, 'not here') },
    expect: 'nothing',
  },
  { name: 'a database on 8080', greeting: { banner: '5.7' }, door: { place: 'node', port: 8080 }, answers: {}, expect: 'nothing' },
  { name: 'gives no answer', greeting: { http: 'tls', tls }, answers: { 'GET /api': none('timed-out') }, expect: 'unknown' },
];
