import { byVersion } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, passes } from '../../check.ts';

export const noDowngrade = defineGateCheck({
  id: 'path.no-downgrade',
  category: 'path',
  title: 'The target is not older than what runs',
  severity: 'critical',
  why: 'Kubernetes cannot be taken back: the newer version has written objects that the older one may not read, and fixes of a later patch would be lost.',
  repair: 'Choose a target that is not older than what runs; to return to an older state, restore a backup into a cluster of that version.',
  links: [
    'https://kubernetes.io/releases/version-skew-policy/',
    'https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-upgrade/',
  ],
  reads: [],
  evaluate: ({ upgrade: { current, target } }) => {
    const order = byVersion(target, current);
    if (order < 0) return fails(`The target ${target.text} is older than ${current.text}, which runs.`);
    return passes(order === 0 ? 'The target is the version that runs.' : `The target ${target.text} is newer than ${current.text}.`);
  },
});
