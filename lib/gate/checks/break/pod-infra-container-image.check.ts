import { defineFlagBreak } from './settings.ts';

export const podInfraContainerImage = defineFlagBreak({
  name: 'pod-infra-container-image',
  title: 'No kubelet is given --pod-infra-container-image',
  severity: 'critical',
  why: 'The kubelet lost the flag in 1.35 and does not start with it; kubeadm does not take it out of arguments that people set.',
  repair: 'Take the flag out of `kubeletExtraArgs` and of the files of the node.',
});
