import { decidedBy, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';
import { kubeletLeaves, kubeletPages, loginPort, readOnlyPort, turnedAway } from './kubelet.ts';

export const health = defineProbe({
  id: 'exposure/kubelet/health',
  covers: ['KHV043', 'KUB-05'],
  title: 'The kubelet tells nobody outside its node how it is',
  severity: 'low',
  why: 'The answer tells little more than that a kubelet runs here; that it comes at all shows a port that is meant for the node alone, or a kubelet that lets strangers in.',
  repair:
    'Leave `healthzBindAddress` at 127.0.0.1, set `readOnlyPort: 0` and `authentication.anonymous.enabled: false` in the configuration of the kubelet.',
  techniques: ['T1046'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [10248, readOnlyPort, loginPort] },
  ...decidedBy(
    {
      path: '/healthz',
      shows: says(/^ok\s*$/),
      outcome: 'fail',
      message: 'The kubelet tells anybody who can reach it whether it is healthy.',
      found: 'ok',
    },
    turnedAway('/healthz'),
  ),
});
