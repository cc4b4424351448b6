import { seen } from '../../../core/facts/index.ts';
import { gateCasesFor } from '../../check.ts';
import { controlPlane, extraArgs, kubeletFlags, settings } from './examples.ts';
import { featureGates } from './feature-gates.check.ts';

const upgrade = '1.36.3 to 1.37.2';
const onServer = (gates: string) => ({
  controlPlane: controlPlane({ 'kube-apiserver': { 'feature-gates': gates } }),
  settings: settings(),
});

export const cases = gateCasesFor(featureGates, [
  { name: 'none', upgrade, given: { controlPlane: controlPlane(), settings: settings() }, expect: 'pass' },
  { name: 'one the target knows', upgrade, given: onServer('EventedPLEG=false'), expect: 'pass', says: 'EventedPLEG' },
  {
    name: 'gates of etcd are its own',
    upgrade,
    given: { controlPlane: controlPlane({ etcd: { 'feature-gates': 'SidecarContainers=true' } }), settings: settings() },
    expect: 'pass',
  },
  {
    name: 'one that is gone',
    upgrade,
    given: onServer('EventedPLEG=false,SidecarContainers=true'),
    expect: 'fail',
    says: 'SidecarContainers is gone in 1.37',
  },
  { name: 'the same, one minor before', upgrade: '1.35.4 to 1.36.3', given: onServer('SidecarContainers=true'), expect: 'pass' },
  {
    name: 'one that is locked to the other value',
    upgrade: '1.35.4 to 1.36.3',
    given: onServer('UserNamespacesSupport=false'),
    expect: 'fail',
    says: 'can only be true from 1.36 on',
  },
  {
    name: 'in the configuration of kubelets',
    upgrade,
    given: { controlPlane: controlPlane(), settings: settings({ kubelet: { featureGates: { PreventStaticPodAPIReferences: false } } }) },
    expect: 'fail',
    says: 'kube-system/kubelet-config',
  },
  {
    name: 'in the configuration of kube-proxy',
    upgrade: '1.32.11 to 1.33.7',
    given: {
      controlPlane: controlPlane(),
      settings: settings({ kubeProxy: { mode: 'iptables', featureGates: { KubeProxyDrainingTerminatingNodes: true } } }),
    },
    expect: 'fail',
    says: 'kube-system/kube-proxy',
  },
  {
    name: 'in arguments of kubeadm',
    upgrade,
    given: { controlPlane: controlPlane(), settings: extraArgs({ scheduler: { 'feature-gates': 'GangScheduling=true' } }) },
    expect: 'fail',
    says: 'kube-system/kubeadm-config',
  },
  {
    name: 'a gate of kubeadm itself',
    upgrade,
    given: {
      controlPlane: controlPlane(),
      settings: settings({
        kubeadm: { apiVersion: 'kubeadm.k8s.io/v1beta4', externalEtcd: false, featureGates: { NodeLocalCRISocket: true }, extraArgs: {} },
      }),
    },
    expect: 'fail',
    says: 'NodeLocalCRISocket',
  },
  {
    name: 'in a template of Cluster API',
    upgrade,
    given: { controlPlane: controlPlane(), settings: kubeletFlags({ 'feature-gates': 'JobSuccessPolicy=true' }) },
    expect: 'fail',
    says: 'fleet/pool-a',
  },
  {
    name: 'an API server that a shell starts',
    upgrade,
    given: { controlPlane: controlPlane({ 'kube-apiserver': 'shell' }), settings: settings() },
    expect: 'unknown',
    says: 'kube-apiserver',
  },
  { name: 'a control plane nobody sees', upgrade, given: { controlPlane: seen([]), settings: seen({}) }, expect: 'unknown' },
  { name: 'a target beyond the data', upgrade: '1.37.2 to 1.38.0', given: onServer('SidecarContainers=true'), expect: 'unknown' },
]);
