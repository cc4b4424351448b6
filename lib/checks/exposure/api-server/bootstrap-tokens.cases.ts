import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const asked = 'GET /api/v1/namespaces/kube-public/configmaps/cluster-info over TLS';
const kubeconfig =
  'apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: LS0tLS1CRUdJTiBD\n    server: https://10.9.8.7:6443\n';
const info = (data: Readonly<Record<string, string>>): string => JSON.stringify({ kind: 'ConfigMap', apiVersion: 'v1', data });
const signature = 'eyJhbGciOiJIUzI1NiIsImtpZCI6IjE3dW0wbCJ9..q5xF0tk5Yq0mHVvB';
const living = info({ kubeconfig, 'jws-kubeconfig-17um0l': signature, 'jws-kubeconfig-tvpiq3': signature });

export const cases: readonly ProbeCase[] = [
  {
    name: 'as kubeadm leaves it for a day',
    greeting: { http: 'tls' },
    answers: { [asked]: page(200, living) },
    expect: 'fail',
    severity: 'low',
    says: '17um0l, tvpiq3',
    hides: 'q5xF0tk5Yq0mHVvB',
  },
  {
    name: 'authority and address are not for the report',
    greeting: { http: 'tls' },
    answers: { [asked]: page(200, living) },
    expect: 'fail',
    hides: 'LS0tLS1CRUdJTiBD',
  },
  {
    name: 'when tokens have run out',
    greeting: { http: 'tls' },
    answers: { [asked]: page(200, info({ kubeconfig })) },
    expect: 'fail',
    severity: 'info',
    says: 'no bootstrap token',
  },
  { name: 'closed', greeting: { http: 'tls' }, answers: { [asked]: page(403, refused(403)) }, expect: 'pass' },
  { name: 'something else', greeting: { http: 'tls' }, answers: { [asked]: page(200, '<html>jws-kubeconfig-17um0l') }, expect: 'nothing' },
  { name: 'too busy', greeting: { http: 'tls' }, answers: { [asked]: page(503) }, expect: 'unknown' },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
