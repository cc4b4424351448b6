import { rightCheck } from '../shared/right-check.ts';

export const persistentVolumeCreation = rightCheck({
  name: 'persistent-volume-creation',
  title: 'Nobody besides the cluster itself may create PersistentVolumes',
  severity: 'medium',
  doing: 'create PersistentVolumes',
  rights: [{ verbs: ['create'], apiGroup: '', resources: ['persistentvolumes'], isClusterScoped: true, named: 'limited' }],
  why: 'A PersistentVolume may be of type hostPath: whoever creates one can reach the files of a node from a pod that Pod Security would otherwise keep away from them.',
  repair: 'Take create on persistentvolumes out of the role and let the storage driver provision volumes from claims.',
});
