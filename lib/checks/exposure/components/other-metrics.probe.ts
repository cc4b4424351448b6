import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { metricsAlso } from './metrics.ts';

/** Figures that another probe speaks of. */
const known =
  /^# HELP (antrea_|apiserver_|cadvisor_|cilium_|containerd_|coredns_|envoy_|etcd_|felix_|hubble_|kube_vip_|kubelet_|kubeproxy_|kubernetes_build_info|nginx_ingress_|node_(arp|boot|cpu|disk|exporter|filesystem|uname)_|operator_|typha_|vsphere_|weave(npc)?_)/m;

export const otherMetrics = defineProbe({
  id: 'exposure/components/other-metrics',
  covers: ['CMP-07', 'CMP-08'],
  title: 'Programs on the network of a node give their figures to nobody outside',
  severity: 'low',
  why: 'Figures name what a program works on and in which version it runs; on the network of the node no NetworkPolicy protects them.',
  repair: 'Bind the figures to 127.0.0.1, or let the firewall of the nodes admit Prometheus only.',
  techniques: ['T1613'],
  references: ['https://prometheus.io/docs/operating/security/'],
  intrusiveness: 'reading',
  leaves: 'Nothing but a line in the log of the program, if it logs requests.',
  // the ports that host networks are given most often, and every other one behind which HTTP is spoken
  doors: { places: ['node'], ports: [2112, 2113], recognise: ({ greeting }) => greeting.http !== undefined },
  ...decidedBy({
    path: '/metrics',
    shows: (answer, of, door) => metricsAlso(/./)(answer, of, door) && !known.test(answer.body),
    outcome: 'fail',
    message: 'A program on the network of the node gives its figures to anybody who can reach it.',
    found: 'metrics of some program',
  }),
});
