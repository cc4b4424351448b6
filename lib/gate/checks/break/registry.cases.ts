import { gateCasesFor } from '../../check.ts';
import { pods, settings, unread } from './examples.ts';
import { registry } from './registry.check.ts';

const kubeadm = { apiVersion: 'kubeadm.k8s.io/v1beta4', externalEtcd: false, featureGates: {}, extraArgs: {} };

export const cases = gateCasesFor(registry, [
  { name: 'other registries', given: { pods: pods({}), settings: settings() }, expect: 'pass' },
  {
    name: 'an image',
    given: { pods: pods({ images: ['k8s.gcr.io/pause:3.6'] }), settings: settings() },
    expect: 'fail',
    says: 'shop/front',
  },
  {
    name: 'kubeadm itself',
    given: { pods: pods({}), settings: settings({ kubeadm: { ...kubeadm, imageRepository: 'k8s.gcr.io' } }) },
    expect: 'fail',
    says: 'kube-system/kubeadm-config',
  },
  { name: 'pods that could not be read', given: { pods: unread, settings: settings() }, expect: 'unknown' },
  {
    name: 'a target beyond the data',
    upgrade: '1.37.2 to 1.38.0',
    given: { pods: pods({}), settings: settings() },
    expect: 'unknown',
    says: '1.38',
  },
]);
