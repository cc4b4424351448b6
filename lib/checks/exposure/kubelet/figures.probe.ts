import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, readOnlyPort, turnedAway } from './kubelet.ts';

export const figures = defineProbe({
  id: 'exposure/kubelet/figures',
  covers: ['KUB-01'],
  title: 'The kubelet gives figures about its pods to nobody without a login',
  severity: 'medium',
  why: 'Metrics and statistics name every pod, container, image and volume of the node, its version and its load.',
  repair: closeKubelet,
  techniques: ['T1613'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort, readOnlyPort] },
  ...decidedBy(
    {
      path: '/stats/summary',
      shows: says(/^\s*\{\s*"node"\s*:\s*\{\s*"nodeName"/),
      outcome: 'fail',
      message: 'The kubelet gives statistics of all its pods to anybody who can reach it.',
      found: 'statistics of the node and its pods',
    },
    {
      path: '/metrics/cadvisor',
      shows: says(/^# HELP (cadvisor_version_info|container_)/m),
      outcome: 'fail',
      message: 'The kubelet gives figures of all its containers to anybody who can reach it.',
      found: 'metrics of containers',
    },
    {
      path: '/metrics',
      // those of the API machinery come first, so they do where the answer was cut
      shows: says(/^# HELP (kubelet_|apiserver_audit_|kubernetes_build_info)/m),
      outcome: 'fail',
      message: 'The kubelet gives its metrics to anybody who can reach it.',
      found: 'metrics of the kubelet',
    },
    {
      path: '/spec/',
      shows: says(/^\s*\{\s*"(num_cores|timestamp)"/, /"machine_id"/),
      outcome: 'fail',
      message: 'The kubelet describes the machine it runs on to anybody who can reach it.',
      found: 'a description of the machine',
    },
    turnedAway('/metrics'),
    turnedAway('/stats/summary'),
  ),
});
