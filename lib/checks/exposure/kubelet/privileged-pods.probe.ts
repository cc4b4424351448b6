import { defineProbe } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, readOnlyPort } from './kubelet.ts';
import { askPods, judgePods } from './pods.ts';

export const privilegedPods = defineProbe({
  id: 'exposure/kubelet/privileged-pods',
  covers: ['KHV044', 'KHV051'],
  title: 'The kubelet shows no privileged containers to strangers',
  severity: 'high',
  why: 'A privileged container is the way from a pod to its host: whoever knows which pods are privileged knows where a command or a stolen token pays off most.',
  repair: closeKubelet,
  techniques: ['T1611', 'T1613'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [readOnlyPort, loginPort] },
  send: askPods,
  judge: (_door, asked) =>
    judgePods(asked, /"privileged"\s*:\s*true/, {
      open: 'The kubelet tells anybody which of its pods are privileged.',
      found: 'a list of pods with a privileged container',
      clean: 'The list of pods shows no privileged container.',
    }),
});
