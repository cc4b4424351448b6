import { defineFlagBreak } from './settings.ts';

export const cadvisorFlags = defineFlagBreak({
  name: 'cadvisor-flags',
  title: 'No kubelet is given a flag of cAdvisor',
  severity: 'critical',
  why: 'The kubelet lost the flags of cAdvisor in 1.37 (all but `--housekeeping-interval`) and does not start with them.',
  repair: 'Take the flag out of `kubeletExtraArgs` and of the files of the node.',
});
