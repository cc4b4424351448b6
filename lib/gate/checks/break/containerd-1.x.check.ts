import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { containerdBefore } from './runtime.ts';

export const containerd1x = defineBreak({
  name: 'containerd-1.x',
  title: 'No node needs what the next kubelets drop for containerd 1.x',
  severity: 'low',
  why: 'The kubelet is to drop in 1.38 what it still does for containerd 1.x; 1.37 is the last minor that runs with it.',
  repair: 'Upgrade containerd to 2.0 or newer before the upgrade to 1.38.',
  links: ['https://kubernetes.io/blog/2025/09/12/kubernetes-v1-34-cri-cgroup-driver-lookup-now-ga/'],
  at: ['1.37'],
  lasts: true,
  needs: ['nodes'],
  judge: ({ nodes }) => {
    const old = containerdBefore(nodes, 2, 0);
    if (old.length === 0) return passes('No node runs containerd 1.x.');
    return fails(`Kubernetes 1.38 will not run with the containerd of ${namesText(old)}.`, old);
  },
});
