import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const warning = 'Warning: This endpoint is not meant to be machine parseable';

export const cases: readonly ProbeCase[] = [
  {
    name: 'profiles',
    greeting: { http: 'tls' },
    answers: {
      'GET /debug/pprof/ over TLS': page(200, '<html>\n<title>/debug/pprof/</title>\nTypes of profiles available:\n<table>'),
    },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'high',
    says: 'profiles',
  },
  {
    name: 'flags and status of Kubernetes 1.36',
    greeting: { http: 'tls' },
    answers: {
      'GET /flagz over TLS': page(200, `\napiserver flagz\n${warning}\nadmission-control-config-file:/etc/kubernetes/plan.yaml\n`),
      'GET /statusz over TLS': page(200, `\napiserver statusz\n${warning}\nStarted:  Sat Nov 28 03:00:44 UTC 2026\n`),
    },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'medium',
    hides: 'plan.yaml',
  },
  {
    name: 'the log level, which only knows PUT',
    greeting: { http: 'tls' },
    answers: { 'GET /debug/flags/v over TLS': page(406, 'unsupported http method') },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'log files of the node',
    greeting: { http: 'tls' },
    answers: { 'GET /logs/ over TLS': page(200, '<pre>\n<a href="audit.log">audit.log</a>\n</pre>') },
    otherwise: page(404, '404 page not found'),
    expect: 'fail',
    says: 'log files',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: {}, otherwise: page(403, refused(403)), expect: 'pass' },
  {
    name: 'an application that shows one page for every path',
    greeting: { http: 'tls' },
    answers: {},
    otherwise: page(200, '<html><pre>welcome</pre>'),
    expect: 'nothing',
  },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('hung-up'), expect: 'unknown' },
];
