import { defineFlagBreak } from './settings.ts';

export const apiserverCloudFlags = defineFlagBreak({
  name: 'apiserver-cloud-flags',
  title: 'The API server is given no flag of a cloud provider',
  severity: 'critical',
  why: 'The API server lost `--cloud-provider` and `--cloud-config` in 1.33 and does not start with them.',
  repair: 'Take the flags out of the static pod and of `extraArgs` in kubeadm-config.',
});
