import { seen, unseen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { examplePod } from '../../shared/examples.ts';
import { localStorage } from './local-storage.check.ts';

const storageWith = (source: string) =>
  seen({ volumes: [{ name: 'pv-1', source, claim: 'shop/data', accessModes: ['ReadWriteOnce'] }], classes: [], drivers: [], hanging: [] });

export const cases = gateCasesFor(localStorage, [
  {
    name: 'a volume of a disk that moves',
    given: { pods: [examplePod({ claims: ['data'] })], storage: storageWith('csi') },
    expect: 'pass',
  },
  {
    name: 'volumes that may not be listed',
    given: { pods: [examplePod()], storage: unseen('No right.') },
    expect: 'pass',
    says: 'were not seen: No right.',
  },
  {
    name: 'an emptyDir',
    given: { pods: [examplePod({ emptyDirs: ['cache'] })], storage: storageWith('csi') },
    expect: 'fail',
    says: 'emptyDir cache',
  },
  {
    name: 'a path of the node',
    given: { pods: [examplePod({ hostPaths: ['data'] })], storage: storageWith('csi') },
    expect: 'fail',
    says: 'hostPath data',
  },
  {
    name: 'a local volume',
    given: { pods: [examplePod({ claims: ['data'] })], storage: storageWith('local') },
    expect: 'fail',
    says: 'shop/front',
  },
  {
    name: 'host paths of what stays',
    given: { pods: [examplePod({ hostPaths: ['modules'], owner: { kind: 'DaemonSet', name: 'agent' } })], storage: storageWith('csi') },
    expect: 'pass',
  },
]);
