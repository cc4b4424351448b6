import { fails, namesText, passes } from '../../check.ts';
import { crosses, defineBreak } from './define-break.ts';

/** Sources of volumes that a minor no longer serves, as a PersistentVolume names them. */
const gone: Readonly<Record<string, string>> = { cephfs: '1.31', rbd: '1.31', portworxVolume: '1.36' };

export const cephfsRbdInTree = defineBreak({
  name: 'cephfs-rbd-in-tree',
  title: 'No volume is of a kind whose plugin left the core',
  severity: 'critical',
  why: 'The plugins cephfs and rbd are gone in 1.31, and Portworx in 1.36: their volumes no longer mount.',
  repair:
    'Move the data to volumes of the CSI driver of that storage. Volumes written straight into pods, and gitRepo and flexVolume (1.36), are not looked at here.',
  links: ['https://kubernetes.io/docs/concepts/storage/volumes/'],
  at: ['1.31', '1.36'],
  needs: ['storage'],
  judge: ({ storage: { volumes, drivers }, upgrade }) => {
    const isServed = (source: string): boolean => source === 'portworxVolume' && drivers.includes('pxd.portworx.com');
    const dead = volumes
      .filter(({ source }) => gone[source] !== undefined && crosses(upgrade, gone[source]) && !isServed(source))
      .map(({ name, source }) => ({ kind: 'PersistentVolume', name, detail: source }));
    if (dead.length === 0) return passes('No PersistentVolume is of such a kind.');
    return fails(`These volumes would no longer mount: ${namesText(dead)}.`, dead);
  },
});
