import { defineFlagBreak } from './settings.ts';

export const insecurePorts = defineFlagBreak({
  name: 'insecure-ports',
  title: 'No component is given an insecure port',
  severity: 'critical',
  why: 'From 1.24 on the flags of the insecure port are gone: a component that is given one does not start.',
  repair: 'Take the flags out of the static pod and of `extraArgs` in kubeadm-config.',
});
