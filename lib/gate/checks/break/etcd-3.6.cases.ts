import { gateCasesFor } from '../../check.ts';
import { etcd36 } from './etcd-3.6.check.ts';
import { controlPlane, settings, unread } from './examples.ts';

const kubeadm = { apiVersion: 'kubeadm.k8s.io/v1beta4', externalEtcd: true, featureGates: {}, extraArgs: {} };
const given = (etcd: string) => ({ controlPlane: controlPlane({}, etcd), settings: settings() });

export const cases = gateCasesFor(etcd36, [
  { name: 'as kubeadm 1.35 left it', given: given('3.6.6-0'), expect: 'pass' },
  { name: '3.5 at 1.36', given: given('3.5.24-0'), expect: 'fail', says: 'kube-system/etcd-cp-1' },
  { name: 'a late 3.5 at 1.34', upgrade: '1.33.7 to 1.34.3', given: given('3.5.24-0'), expect: 'pass' },
  { name: 'an early 3.5 at 1.34', upgrade: '1.33.7 to 1.34.3', given: given('3.5.15-0'), expect: 'fail', says: '3.5.24' },
  { name: 'a tag without a version', given: given('stable'), expect: 'unknown', says: 'etcd-cp-1' },
  { name: 'etcd elsewhere', given: { controlPlane: controlPlane(), settings: settings({ kubeadm }) }, expect: 'unknown', says: 'etcdctl' },
  {
    name: 'a way that does not cross it',
    upgrade: '1.34.3 to 1.35.4',
    given: { controlPlane: unread, settings: unread },
    expect: 'not-applicable',
  },
]);
