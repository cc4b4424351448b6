import { gateCasesFor } from '../../check.ts';
import { controlPlane, node, proxy } from './examples.ts';
import { kubeProxySkew } from './kube-proxy.check.ts';

const given = (image: string, kubelet = 'v1.35.4') => ({
  nodes: [node('w1', kubelet)],
  pods: [proxy('w1', image)],
  controlPlane: controlPlane('v1.35.4'),
});

export const cases = gateCasesFor(kubeProxySkew, [
  { name: 'all alike', given: given('registry.k8s.io/kube-proxy:v1.35.4'), expect: 'pass' },
  { name: 'three behind', given: given('mirror.example:5000/k8s/kube-proxy-amd64:v1.32.1'), expect: 'pass' },
  { name: 'four behind', given: given('registry.k8s.io/kube-proxy:v1.31.1'), expect: 'fail', says: 'kube-system/kube-proxy-w1' },
  { name: 'newer', given: given('registry.k8s.io/kube-proxy:v1.36.0'), expect: 'fail' },
  { name: 'far from its kubelet', given: given('registry.k8s.io/kube-proxy:v1.35.4', 'v1.31.0'), expect: 'fail', says: 'kubelet v1.31.0' },
  { name: 'a digest', given: given('registry.k8s.io/kube-proxy@sha256:aa'), expect: 'unknown' },
  { name: 'replaced by the network add-on', given: { ...given(''), pods: [] }, expect: 'not-applicable' },
]);
