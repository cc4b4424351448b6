import { gateCasesFor } from '../../check.ts';
import { exampleControlPlane, exampleNode, examplePod } from '../../shared/examples.ts';
import { capacity } from './capacity.check.ts';

const nodes = [exampleControlPlane(), exampleNode()];
const coreDns = examplePod({
  namespace: 'kube-system',
  name: 'coredns-1',
  node: 'cp-1',
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
});

export const cases = gateCasesFor(capacity, [
  { name: 'CoreDNS on a control plane, with a worker beside it', given: { nodes, pods: [coreDns] }, expect: 'pass' },
  { name: 'two workers with room', given: { nodes: [...nodes, exampleNode({ name: 'worker-2' })], pods: [examplePod()] }, expect: 'pass' },
  { name: 'the only worker', given: { nodes, pods: [examplePod()] }, expect: 'fail', says: 'shop/front-1: no other node may take them' },
  {
    name: 'two workers, both full',
    given: { nodes: [...nodes, exampleNode({ name: 'worker-2', allocatableMemory: 10 })], pods: [examplePod()] },
    expect: 'fail',
    says: 'no room elsewhere',
  },
  { name: 'no node', given: { nodes: [], pods: [] }, expect: 'not-applicable' },
]);
