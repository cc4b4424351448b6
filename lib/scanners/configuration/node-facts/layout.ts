import type { NodeLayout } from '../../../core/facts/index.ts';
import type { Seen } from './parse.ts';

/** Paths that tell which distribution laid the node out. */
export const layoutMarks = [
  '/var/lib/kubelet/kubeadm-flags.env',
  '/var/lib/rancher/rke2',
  '/var/lib/rancher/k3s',
  '/var/snap/microk8s/current',
];

/**
 * Which distribution laid the node out. The operating system says it where it is made for one; what runs goes before what lies about, because a node may
 * have had another distribution before.
 */
export const layoutOf = (system: string | undefined, { argv, files }: Pick<Seen, 'argv' | 'files'>): NodeLayout => {
  if (system === 'talos' || system === 'bottlerocket') return system;
  const kubelet = argv.kubelet?.join(' ') ?? '';
  if (argv.rke2 || kubelet.includes('/rancher/rke2/')) return 'rke2';
  if (argv.k3s) return 'k3s';
  if (argv.kubelite) return 'microk8s';
  if (files['/var/lib/kubelet/kubeadm-flags.env'] || kubelet.includes('/etc/kubernetes/kubelet.conf')) return 'kubeadm';
  if (argv.kubelet) return 'unknown';
  if (files['/var/lib/rancher/rke2']) return 'rke2';
  if (files['/var/lib/rancher/k3s']) return 'k3s';
  return files['/var/snap/microk8s/current'] ? 'microk8s' : 'unknown';
};
