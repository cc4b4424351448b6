import { none, type ProbeCase, page } from '../probe.ts';
import { folder, hostPath, kubeletCases, podList } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'a pod mounts the logs, and the kubelet reads them',
    greeting: { http: 'tls' },
    answers: {
      'GET /pods over TLS': page(200, podList(hostPath('/var/log'))),
      'GET /logs/ over TLS': page(200, folder('pods/', 'syslog')),
    },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'a pod mounts the logs, but the kubelet does not read them',
    greeting: { http: 'tls' },
    answers: {
      'GET /pods over TLS': page(200, podList(hostPath('/var/log/pods'))),
      'GET /logs/ over TLS': page(405, 'logs endpoint is disabled.\n'),
    },
    expect: 'pass',
  },
  {
    name: 'a pod mounts the logs, and the kubelet does not say',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(200, podList(hostPath('/var/log'))), 'GET /logs/ over TLS': none('timed-out') },
    expect: 'unknown',
  },
  {
    name: 'no such pod',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(200, podList(hostPath('/var/lib/logs'))) },
    expect: 'pass',
  },
];
