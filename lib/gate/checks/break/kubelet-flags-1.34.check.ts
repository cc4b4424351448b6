import { defineFlagBreak } from './settings.ts';

export const kubeletFlags134 = defineFlagBreak({
  name: 'kubelet-flags-1.34',
  title: 'No kubelet is given a flag that goes with 1.34',
  severity: 'critical',
  why: 'The kubelet lost `--cloud-config` and `--register-schedulable` in 1.34 and does not start with them.',
  repair: 'Take the flag out of `kubeletExtraArgs` and of the files of the node.',
});
