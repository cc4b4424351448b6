import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { cgroupV1 } from './cgroup-v1.check.ts';
import { nodes, settings, unread } from './examples.ts';

const upgrade = '1.34.3 to 1.35.4';
const both = nodes({}, { name: 'worker-2', osImage: 'VMware Photon OS/Linux' });
const allowed = settings({ kubelet: { featureGates: {}, failCgroupV1: false } });

export const cases = gateCasesFor(cgroupV1, [
  {
    name: 'v2 everywhere',
    upgrade,
    given: { nodes: both, cgroups: seen({ 'worker-1': 2, 'worker-2': 2 }), settings: settings() },
    expect: 'pass',
  },
  {
    name: 'one v1',
    upgrade,
    given: { nodes: both, cgroups: seen({ 'worker-1': 2, 'worker-2': 1 }), settings: settings() },
    expect: 'fail',
    says: 'worker-2',
  },
  {
    name: 'v1 that is allowed',
    upgrade,
    given: { nodes: both, cgroups: seen({ 'worker-1': 2, 'worker-2': 1 }), settings: allowed },
    expect: 'pass',
    says: 'worker-2',
  },
  {
    name: 'a node that did not tell',
    upgrade,
    given: { nodes: both, cgroups: seen({ 'worker-1': 2 }), settings: settings() },
    expect: 'unknown',
    says: 'worker-2',
  },
  { name: 'a way that does not cross it', given: { nodes: unread, cgroups: unread, settings: unread }, expect: 'not-applicable' },
]);
