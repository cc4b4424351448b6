import { gateCasesFor } from '../../check.ts';
import { volumes } from './volumes.check.ts';

const storage = { volumes: [], classes: [], drivers: [], hanging: [] };
const hanging = [{ name: 'csi-1', node: 'worker-1', volume: 'pv-1', why: 'is not detached: disk is busy' }];

export const cases = gateCasesFor(volumes, [
  { name: 'none', given: { storage }, expect: 'pass' },
  {
    name: 'one without a PersistentVolume',
    given: { storage: { ...storage, hanging: hanging.map((one) => ({ ...one, volume: '' })) } },
    expect: 'fail',
    says: 'unnamed',
  },
  {
    name: 'one',
    given: { storage: { ...storage, hanging } },
    expect: 'fail',
    says: 'volume pv-1 on worker-1 is not detached: disk is busy',
  },
]);
