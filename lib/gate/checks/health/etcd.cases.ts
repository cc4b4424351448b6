import { seen, unseen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { exampleComponents } from '../../shared/examples.ts';
import { etcd } from './etcd.check.ts';

const settings = unseen('kubeadm-config may not be read.');
const isWell = { failing: [] };
const members = (...ready: readonly boolean[]) =>
  ready.flatMap((isReady, at) => exampleComponents(`cp-${at + 1}`).map((pod) => ({ ...pod, ready: pod.component !== 'etcd' || isReady })));
const withoutEtcd = exampleComponents('cp-1').filter(({ component }) => component !== 'etcd');
const external = seen({ kubeadm: { apiVersion: 'kubeadm.k8s.io/v1beta4', externalEtcd: true, featureGates: {}, extraArgs: {} } });

export const cases = gateCasesFor(etcd, [
  { name: 'one member', given: { controlPlane: members(true), apiHealth: isWell, settings }, expect: 'pass' },
  { name: 'three members', given: { controlPlane: members(true, true, true), apiHealth: isWell, settings }, expect: 'pass' },
  {
    name: 'two of three',
    given: { controlPlane: members(true, true, false), apiHealth: isWell, settings },
    expect: 'fail',
    says: 'etcd-cp-3',
  },
  {
    name: 'one of three',
    given: { controlPlane: members(true, false, false), apiHealth: isWell, settings },
    expect: 'fail',
    says: '2 must be ready',
  },
  {
    name: 'four of five, to a kubeadm that asks for all',
    given: { controlPlane: members(true, true, true, true, false), apiHealth: isWell, settings },
    expect: 'fail',
  },
  {
    name: 'four of five, to a kubeadm that asks for a quorum',
    upgrade: '1.36.3 to 1.37.2',
    given: { controlPlane: members(true, true, true, true, false), apiHealth: isWell, settings },
    expect: 'pass',
    says: 'kube-system/etcd-cp-5 not ready',
  },
  {
    name: 'the API server does not reach it',
    given: { controlPlane: members(true), apiHealth: { failing: ['etcd', 'etcd-readiness'] }, settings },
    expect: 'fail',
  },
  {
    name: 'outside the cluster',
    given: { controlPlane: withoutEtcd, apiHealth: isWell, settings: external },
    expect: 'pass',
    says: 'outside',
  },
  { name: 'nobody knows where', given: { controlPlane: withoutEtcd, apiHealth: isWell, settings }, expect: 'unknown' },
  { name: 'a control plane that somebody else runs', given: { controlPlane: [], apiHealth: isWell, settings }, expect: 'not-applicable' },
]);
