import { none, type ProbeCase, page } from '../probe.ts';
import { etcdCases, gateway, nobody, version } from './etcd-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...etcdCases,
  {
    name: 'a key of Kubernetes',
    greeting: { http: 'tls' },
    answers: {
      'GET /version over TLS': version,
      'POST /v3/kv/range over TLS': gateway(
        ', "kvs":[{"key":"L3JlZ2lzdHJ5L3NlY3JldHMvYQ==", "create_revision":"2"}], "more":true, "count":"9"',
      ),
      'GET /v2/keys/ over TLS': page(404, '404 page not found\n'),
    },
    expect: 'fail',
    severity: 'critical',
    says: 'a key of Kubernetes',
    hides: 'L3JlZ2lzdHJ5',
  },
  {
    name: 'in clear text on a port that nobody knows',
    door: { port: 12379 },
    greeting: { http: 'plain' },
    answers: { 'GET /version': version, 'POST /v3/kv/range': gateway(', "kvs":[{"key":"Y2FsaWNvL2lwYW0=", "version":"1"}], "count":"1"') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'no keys at all',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version, 'POST /v3/kv/range over TLS': gateway() },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'etcd 3.3',
    greeting: { http: 'plain' },
    answers: {
      'GET /version': page(200, '{"etcdserver":"3.3.10","etcdcluster":"3.3.0"}'),
      'POST /v3/kv/range': page(404),
      'POST /v3beta/kv/range': gateway(',"kvs":[{"key":"L3JlZ2lzdHJ5L3BvZHM="}]'),
    },
    otherwise: page(404),
    expect: 'fail',
  },
  {
    name: 'the store of etcd 2',
    greeting: { http: 'plain' },
    answers: {
      'GET /version': page(200, '{"etcdserver":"2.3.8","etcdcluster":"2.3.0"}'),
      'GET /v2/keys/': page(200, '{"action":"get","node":{"dir":true,"nodes":[{"key":"/message","value":"hunter2"'),
    },
    otherwise: page(404),
    expect: 'fail',
    says: 'old store',
    hides: 'hunter2',
  },
  {
    name: 'a user is asked for',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version, 'POST /v3/kv/range over TLS': nobody, 'GET /v2/keys/ over TLS': page(404) },
    expect: 'pass',
  },
  {
    name: 'the range is not answered',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version, 'POST /v3/kv/range over TLS': none('timed-out') },
    otherwise: page(404),
    expect: 'unknown',
  },
  {
    name: 'the port for members',
    door: { port: 2380 },
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version },
    otherwise: page(404),
    expect: 'nothing',
  },
];
