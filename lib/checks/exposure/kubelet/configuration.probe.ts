import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, turnedAway } from './kubelet.ts';

export const configuration = defineProbe({
  id: 'exposure/kubelet/configuration',
  covers: ['KUB-01'],
  title: 'The kubelet shows its configuration to nobody without a login',
  severity: 'high',
  why: 'The configuration names how the kubelet knows its callers, its certificates and paths, and how much a node bears before it evicts: a plan of the attack.',
  repair: closeKubelet,
  techniques: ['T1613'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort] },
  ...decidedBy(
    {
      path: '/configz',
      shows: says(/^\s*\{"kubeletconfig":\{/),
      outcome: 'fail',
      message: 'The kubelet shows its configuration to anybody who can reach it.',
      found: 'its configuration',
    },
    {
      path: '/flagz',
      shows: says(/^\s*kubelet flagz\s/),
      outcome: 'fail',
      severity: 'medium',
      message: 'The kubelet shows its flags to anybody who can reach it.',
      found: 'its flags',
    },
    turnedAway('/configz'),
    turnedAway('/flagz'),
  ),
});
