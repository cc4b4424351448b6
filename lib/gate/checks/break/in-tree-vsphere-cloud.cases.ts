import { gateCasesFor } from '../../check.ts';
import { controlPlane, nodes, settings, unread } from './examples.ts';
import { inTreeVsphereCloud } from './in-tree-vsphere-cloud.check.ts';

const upgrade = '1.29.15 to 1.30.14';
const taints = [{ key: 'node.cloudprovider.kubernetes.io/uninitialized', value: 'true', effect: 'NoSchedule' }];

export const cases = gateCasesFor(inTreeVsphereCloud, [
  { name: 'no cloud', upgrade, given: { controlPlane: controlPlane(), settings: settings(), nodes: nodes({}) }, expect: 'pass' },
  {
    name: 'the provider of the core',
    upgrade,
    given: { controlPlane: controlPlane({ 'kube-apiserver': { 'cloud-provider': 'vsphere' } }), settings: settings(), nodes: nodes({}) },
    expect: 'fail',
    says: 'kube-system/kube-apiserver-cp-1',
  },
  {
    name: 'a node nobody initialized',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings(), nodes: nodes({ taints }) },
    expect: 'fail',
    says: 'worker-1',
  },
  { name: 'long past it', given: { controlPlane: unread, settings: unread, nodes: unread }, expect: 'not-applicable' },
]);
