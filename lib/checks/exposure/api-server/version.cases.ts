import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const version = JSON.stringify({ major: '1', minor: '36', gitVersion: 'v1.36.1+vmware.2-vkr.1', gitCommit: 'abc', goVersion: 'go1.26.8' });
const metric = 'kubernetes_build_info{build_date="2026-01-01",git_commit="abc",git_version="v1.36.3",go_version="go1.26.8"} 1';

export const cases: readonly ProbeCase[] = [
  {
    name: 'as kubeadm leaves it, of a vendor',
    greeting: { http: 'tls' },
    door: { port: 6443 },
    answers: { 'GET /version over TLS': page(200, version) },
    expect: 'fail',
    severity: 'info',
    says: 'v1.36.1+vmware.2-vkr.1',
  },
  {
    name: 'kubectl proxy',
    greeting: { http: 'plain' },
    door: { place: 'node', port: 8001 },
    answers: { 'GET /version': page(200, version) },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'read-only port of a kubelet',
    greeting: { http: 'plain' },
    door: { place: 'node', port: 10255 },
    answers: { 'GET /metrics': page(200, `# HELP kubelet_node_name Name\nkubelet_node_name{node="secret-name"} 1\n${metric}\n`) },
    expect: 'fail',
    severity: 'low',
    says: 'v1.36.3',
    hides: 'secret-name',
  },
  {
    name: 'refused',
    greeting: { http: 'tls' },
    door: { port: 6443 },
    answers: { 'GET /version over TLS': page(401, refused(401)) },
    expect: 'pass',
  },
  {
    name: 'something else',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': page(200, '{"version":"1.2"}') },
    expect: 'nothing',
  },
  {
    name: 'a port that speaks no HTTP',
    greeting: { banner: 'SSH-2.0' },
    door: { place: 'node', port: 10255 },
    answers: {},
    expect: 'nothing',
  },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
