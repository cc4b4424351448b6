import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { containerdBefore } from './runtime.ts';

export const criV1alpha2 = defineBreak({
  name: 'cri-v1alpha2',
  title: 'Every container runtime speaks CRI v1',
  severity: 'critical',
  why: 'From 1.26 on the kubelet speaks CRI v1 only and does not register its node with an older runtime; containerd has it from 1.6 on.',
  repair: 'Upgrade containerd to 1.6 or newer on these nodes first.',
  links: ['https://kubernetes.io/blog/2022/11/18/upcoming-changes-in-kubernetes-1-26/'],
  at: ['1.26'],
  needs: ['nodes'],
  judge: ({ nodes }) => {
    const old = containerdBefore(nodes, 1, 6);
    if (old.length === 0) return passes('No node runs a containerd older than 1.6.');
    return fails(`The runtime of these nodes is too old for the kubelet of the target: ${namesText(old)}.`, old);
  },
});
