import { unseen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { beside, oldObject } from './examples.ts';
import { removedObjects } from './removed-objects.check.ts';

const address = oldObject('networking.k8s.io/v1beta1', 'IPAddress', '10.96.0.10');
const upgrade = '1.36.3 to 1.37.2';

export const cases = gateCasesFor(removedObjects, [
  { name: 'nothing old', upgrade, given: { oldObjects: [], ...beside() }, expect: 'pass' },
  { name: 'what goes later', given: { oldObjects: [address], ...beside() }, expect: 'pass' },
  { name: 'what goes now', upgrade, given: { oldObjects: [address], ...beside() }, expect: 'fail', says: 'use networking.k8s.io/v1' },
  { name: 'what goes now, by name', upgrade, given: { oldObjects: [address], ...beside() }, expect: 'fail', says: 'shop/10.96.0.10' },
  {
    name: 'the same kind in a version that stays',
    upgrade,
    given: { oldObjects: [oldObject('networking.k8s.io/v1', 'IPAddress', '10.96.0.10')], ...beside() },
    expect: 'pass',
  },
  {
    name: 'what cannot be migrated yet',
    upgrade,
    given: { oldObjects: [oldObject('scheduling.k8s.io/v1alpha2', 'Workload', 'train')], ...beside() },
    expect: 'fail',
    says: 'scheduling.k8s.io/v1beta1 comes with 1.37',
  },
  {
    name: 'what nothing follows',
    upgrade: '1.24.1 to 1.25.0',
    given: { oldObjects: [oldObject('policy/v1beta1', 'PodSecurityPolicy', 'strict')], ...beside('kubeadm.k8s.io/v1beta3') },
    expect: 'fail',
    says: 'Pod Security Admission',
  },
  {
    name: 'kubeadm v1beta3',
    upgrade,
    given: { oldObjects: [], ...beside('kubeadm.k8s.io/v1beta3') },
    expect: 'fail',
    says: 'kube-system/kubeadm-config',
  },
  {
    name: 'kubeadm that could not be read, where it matters',
    upgrade,
    given: { oldObjects: [], ...beside(), settings: unseen('No right to read ConfigMaps.') },
    expect: 'unknown',
    says: 'No right',
  },
  {
    name: 'kubeadm that could not be read, where it does not',
    given: { oldObjects: [], ...beside(), settings: unseen('No right to read ConfigMaps.') },
    expect: 'pass',
  },
  {
    name: 'a file that may be old',
    given: { oldObjects: [], ...beside('kubeadm.k8s.io/v1beta4', { 'admission-control-config-file': '/etc/kubernetes/admission.yaml' }) },
    expect: 'unknown',
    says: 'kube-apiserver-cp1',
  },
  { name: 'a patch', upgrade: '1.36.3 to 1.36.6', given: { oldObjects: [address], ...beside() }, expect: 'pass' },
  {
    name: 'newer than the data',
    upgrade: '1.37.2 to 1.38.0',
    given: { oldObjects: [], ...beside() },
    expect: 'unknown',
    says: '2026-11-28',
  },
]);
