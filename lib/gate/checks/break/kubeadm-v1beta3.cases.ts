import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { settings, unread } from './examples.ts';
import { kubeadmV1beta3 } from './kubeadm-v1beta3.check.ts';

const upgrade = '1.36.3 to 1.37.2';
const old = settings({ kubeadm: { apiVersion: 'kubeadm.k8s.io/v1beta3', externalEtcd: false, featureGates: {}, extraArgs: {} } });

export const cases = gateCasesFor(kubeadmV1beta3, [
  { name: 'v1beta4', upgrade, given: { settings: settings() }, expect: 'pass' },
  { name: 'v1beta3', upgrade, given: { settings: old }, expect: 'fail', says: 'kube-system/kubeadm-config' },
  { name: 'no kubeadm', upgrade, given: { settings: seen({}) }, expect: 'not-applicable' },
  { name: 'before it', given: { settings: unread }, expect: 'not-applicable' },
]);
