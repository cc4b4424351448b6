import { defineFlagBreak } from './settings.ts';

export const flags127 = defineFlagBreak({
  name: 'flags-1.27',
  title: 'No flag is set that goes with 1.27',
  severity: 'critical',
  why: 'The kubelet lost `--container-runtime` and `--master-service-namespace` in 1.27, the controller manager `--pod-eviction-timeout` and `--enable-taint-manager`; neither starts with them.',
  repair: 'Take the flags out of the static pod, of `extraArgs` and of `kubeletExtraArgs`.',
});
