import { defineFlagBreak } from './settings.ts';

export const kubeletFlags131 = defineFlagBreak({
  name: 'kubelet-flags-1.31',
  title: 'No kubelet is given a flag that goes with 1.31',
  severity: 'critical',
  why: 'The kubelet lost `--keep-terminated-pod-volumes` and the two `--iptables-*-bit` in 1.31 and does not start with them.',
  repair: 'Take the flag out of `kubeletExtraArgs` and of the files of the node.',
});
