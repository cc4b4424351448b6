import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';

export const kubeVip = defineProbe({
  id: 'exposure/components/kube-vip',
  covers: ['CMP-06'],
  title: 'kube-vip gives its figures to nobody outside its node',
  severity: 'low',
  why: 'The figures name virtual addresses, Services and leases, and which node leads. Templates of Cluster API for vSphere open this port on the network of the host.',
  repair: 'Set `prometheus_server` of kube-vip to 127.0.0.1:2112 or to nothing, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: ['https://kube-vip.io/docs/installation/flags/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; kube-vip does not log requests.',
  doors: { places: ['node'], ports: [2112] },
  ...decidedBy({
    path: '/metrics',
    shows: says(/^# HELP kube_vip_/m),
    outcome: 'fail',
    message: 'kube-vip gives its figures to anybody who can reach it.',
    found: 'metrics of kube-vip',
  }),
});
