import { defineFlagBreak } from './settings.ts';

export const concurrentServiceSyncs = defineFlagBreak({
  name: 'concurrent-service-syncs',
  title: 'The controller manager is not given --concurrent-service-syncs',
  severity: 'critical',
  why: 'The controller manager lost the flag in 1.37 and does not start with it.',
  repair: 'Take the flag out of the static pod and of `extraArgs` in kubeadm-config.',
});
