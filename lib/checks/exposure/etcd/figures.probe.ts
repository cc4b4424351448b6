import { bySigns, login, says } from '../add-ons/signs.ts';
import { defineProbe, get, once } from '../probe.ts';
import { clientPort, etcdDoors, etcdLeaves, etcdPages, metricsPort } from './etcd.ts';

const doors = etcdDoors(metricsPort, clientPort);
const signs = [
  {
    path: '/metrics',
    shows: says(/^etcd_(cluster_version|debugging_|disk_|server_)/m),
    outcome: 'fail',
    message: 'etcd gives its figures to anybody who can reach it.',
    found: 'metrics of etcd',
  },
  login('/metrics', { ports: [metricsPort, clientPort] }),
] as const;

export const figures = defineProbe({
  id: 'exposure/etcd/figures',
  covers: ['ETC-06'],
  title: 'etcd gives its figures to nobody outside its node',
  severity: 'low',
  why: 'The figures tell versions, sizes, members and how busy the cluster is.',
  repair: 'Let `--listen-metrics-urls` name a loopback address, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: [...etcdPages, 'https://etcd.io/docs/latest/metrics/'],
  intrusiveness: 'reading',
  leaves: etcdLeaves,
  doors,
  send: once((door) => get(door, '/metrics')),
  judge: (door, asked) => bySigns(signs, door, asked),
});
