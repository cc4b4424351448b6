import { gateCasesFor } from '../../check.ts';
import { controlPlaneSkew } from './control-plane.check.ts';
import { component, controlPlane } from './examples.ts';

export const cases = gateCasesFor(controlPlaneSkew, [
  { name: 'all alike', given: { controlPlane: controlPlane('v1.35.4') }, expect: 'pass' },
  {
    name: 'etcd has versions of its own',
    given: { controlPlane: [...controlPlane('v1.35.4'), component('etcd', '3.6.6-0')] },
    expect: 'pass',
  },
  {
    name: 'a scheduler one behind',
    given: { controlPlane: [component('kube-apiserver', 'v1.35.4'), component('kube-scheduler', 'v1.34.1')] },
    expect: 'pass',
  },
  {
    name: 'a scheduler two behind',
    given: { controlPlane: [component('kube-apiserver', 'v1.35.4'), component('kube-scheduler', 'v1.33.1')] },
    expect: 'fail',
    says: 'kube-system/kube-scheduler-cp1',
  },
  {
    name: 'a controller manager that is newer than an API server',
    given: { controlPlane: [component('kube-apiserver', 'v1.34.4'), ...controlPlane('v1.35.4', 'cp2')] },
    expect: 'fail',
    says: 'kube-controller-manager-cp2',
  },
  {
    name: 'API servers two apart',
    given: { controlPlane: [component('kube-apiserver', 'v1.33.4'), component('kube-apiserver', 'v1.35.4', 'cp2')] },
    expect: 'fail',
  },
  {
    name: 'an image without a version',
    given: { controlPlane: [component('kube-apiserver', 'v1.35.4'), component('kube-scheduler', '')] },
    expect: 'unknown',
  },
  { name: 'a managed control plane', given: { controlPlane: [] }, expect: 'not-applicable' },
]);
