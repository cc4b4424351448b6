import { decidedBy } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, switchedOff, turnedAway } from './kubelet.ts';
import { isPodList } from './pods.ts';

export const runningPods = defineProbe({
  id: 'exposure/kubelet/running-pods',
  covers: ['KHV038'],
  title: 'The kubelet lists what its container runtime runs to nobody without a login',
  severity: 'medium',
  why: 'It names every container of the node with its pod and namespace, which is what commands and logs are asked for by.',
  repair: closeKubelet,
  techniques: ['T1613'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort] },
  ...decidedBy(
    {
      path: '/runningpods/',
      shows: isPodList,
      outcome: 'fail',
      message: 'The kubelet lists the pods that run to anybody who can reach it.',
      found: 'a list of pods',
    },
    turnedAway('/runningpods/'),
    switchedOff('/runningpods/'),
  ),
});
