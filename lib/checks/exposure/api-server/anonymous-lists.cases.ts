import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const table = JSON.stringify({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  columnDefinitions: [],
  rows: [{ cells: ['payments-database', 'Opaque', 2, '3d'] }],
});
const secrets = JSON.stringify({ kind: 'SecretList', apiVersion: 'v1', items: [{ data: { password: 'aHVudGVyMg==' } }] });
const noPod = JSON.stringify({
  kind: 'Status',
  apiVersion: 'v1',
  reason: 'NotFound',
  details: { name: 'gatehouse-no-such-pod', kind: 'pods' },
  code: 404,
});
const asked = (resource: string): string => `GET /api/v1/${resource}?limit=1&includeObject=None over TLS`;
const log = 'GET /api/v1/namespaces/kube-system/pods/gatehouse-no-such-pod/log?tailLines=1 over TLS';

export const cases: readonly ProbeCase[] = [
  {
    name: 'Secrets as a table',
    greeting: { http: 'tls' },
    answers: { [asked('secrets')]: page(200, table) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'critical',
    says: 'Secrets',
    hides: 'payments-database',
  },
  {
    name: 'a server that knows no tables sends the values',
    greeting: { http: 'tls' },
    answers: { [asked('secrets')]: page(200, secrets) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'critical',
    hides: 'aHVudGVyMg',
  },
  {
    name: 'pods and nodes only',
    greeting: { http: 'tls' },
    answers: { [asked('pods')]: page(200, table), [asked('nodes')]: page(200, table) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'high',
    says: 'pods and nodes',
  },
  {
    name: 'logs may be read, of a pod that is not there',
    greeting: { http: 'tls' },
    answers: { [log]: page(404, noPod) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'high',
    says: 'logs of pods',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: {}, otherwise: page(403, refused(403)), expect: 'pass' },
  { name: 'no anonymous requests', greeting: { http: 'tls' }, answers: {}, otherwise: page(401, refused(401)), expect: 'pass' },
  { name: 'a page for everything', greeting: { http: 'tls' }, answers: {}, otherwise: page(200, '<html>Sign in'), expect: 'nothing' },
  {
    name: 'one answer missing',
    greeting: { http: 'tls' },
    answers: { [asked('secrets')]: none('hostile') },
    otherwise: page(403, refused(403)),
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
