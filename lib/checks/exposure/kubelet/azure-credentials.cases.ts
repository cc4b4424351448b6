import { type ProbeCase, page } from '../probe.ts';
import { hostPath, kubeletCases, podList } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'a pod with the credentials of the cloud provider',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(200, podList(hostPath('/etc/kubernetes/azure.json'))) },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'pods of kubeadm',
    greeting: { http: 'tls' },
    answers: { 'GET /pods over TLS': page(200, podList(hostPath('/etc/kubernetes/pki'))) },
    expect: 'pass',
  },
  {
    name: 'a longer list than was read',
    greeting: { http: 'plain' },
    answers: { 'GET /pods': { is: 'http', status: 200, headers: {}, body: podList().slice(0, 90), isCut: true } },
    expect: 'unknown',
  },
];
