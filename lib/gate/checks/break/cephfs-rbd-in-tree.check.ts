import { fails, type Named, namesText, passes } from '../../check.ts';
import { ownerOf } from '../../shared/words.ts';
import { crosses, defineBreak } from './define-break.ts';

/** Sources of volumes that a minor no longer serves, as volumes name them. */
const gone: Readonly<Record<string, string>> = { cephfs: '1.31', rbd: '1.31', portworxVolume: '1.36', gitRepo: '1.36' };

export const cephfsRbdInTree = defineBreak({
  name: 'cephfs-rbd-in-tree',
  title: 'No volume is of a kind whose plugin left the core',
  severity: 'critical',
  why: 'The plugins cephfs and rbd are gone in 1.31, Portworx and gitRepo in 1.36: their volumes no longer mount.',
  repair:
    'Move the data to volumes of the CSI driver of that storage, and clone repositories in an init container. For flexVolume, which kubeadm no longer sets up from 1.36 on, look at its driver.',
  links: ['https://kubernetes.io/docs/concepts/storage/volumes/'],
  at: ['1.31', '1.36'],
  needs: ['storage', 'pods'],
  judge: ({ storage: { volumes, drivers }, pods, upgrade }) => {
    const isDead = (source: string): boolean =>
      gone[source] !== undefined &&
      crosses(upgrade, gone[source]) &&
      !(source === 'portworxVolume' && drivers.includes('pxd.portworx.com'));
    const dead: readonly Named[] = [
      ...volumes.filter(({ source }) => isDead(source)).map(({ name, source }) => ({ kind: 'PersistentVolume', name, detail: source })),
      ...pods.flatMap((pod) => pod.otherVolumes.filter(isDead).map((detail) => ({ ...ownerOf(pod), detail }))),
    ];
    if (dead.length === 0) return passes('No volume is of such a kind.');
    return fails(`Volumes of these would no longer mount: ${namesText(dead)}.`, dead);
  },
});
