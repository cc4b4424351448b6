import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const socket = 'kubeadm.alpha.kubernetes.io/cri-socket';

export const dockershim = defineBreak({
  name: 'dockershim',
  title: 'No node runs its pods through the Docker shim',
  severity: 'critical',
  why: 'From 1.24 on the kubelet no longer speaks to Docker itself: a node with Docker and no cri-dockerd does not start its pods.',
  repair: 'Move the nodes to containerd, or install cri-dockerd and set its socket, before the upgrade.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/'],
  at: ['1.24'],
  needs: ['nodes'],
  judge: ({ nodes }) => {
    // cri-dockerd reports docker too; only the socket tells it apart
    const shimmed = nodes.filter(
      ({ containerRuntime, annotations }) => containerRuntime.startsWith('docker://') && !annotations[socket]?.includes('cri-dockerd'),
    );
    const resources = shimmed.map(({ name, containerRuntime }) => ({ kind: 'Node', name, detail: containerRuntime }));
    if (resources.length === 0) return passes('No node uses the Docker shim.');
    return fails(`The kubelet will find no container runtime on ${namesText(resources)}.`, resources);
  },
});
