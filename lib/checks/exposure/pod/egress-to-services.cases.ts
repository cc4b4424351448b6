import type { ProbeCase } from '../probe.ts';

const service = (namespace: string, name: string): NonNullable<ProbeCase['door']> => ({
  subject: { kind: 'Service', namespace, name, port: '80/tcp' },
  port: 80,
});

export const cases: readonly ProbeCase[] = [
  { name: 'a service of another namespace', door: service('shop', 'cart'), answers: {}, expect: 'fail', severity: 'low' },
  { name: 'the API server', door: service('default', 'kubernetes'), answers: {}, expect: 'nothing' },
  { name: 'the DNS of the cluster', door: service('kube-system', 'kube-dns'), answers: {}, expect: 'nothing' },
  { name: 'another service called kubernetes', door: service('shop', 'kubernetes'), answers: {}, expect: 'fail' },
];
