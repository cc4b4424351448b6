import { gateCasesFor } from '../../check.ts';
import { afterSkew } from './after.check.ts';
import { cloudProvider, component, controlPlane, node, proxy } from './examples.ts';

const healthy = {
  nodes: [node('cp1', 'v1.35.4'), node('w1', 'v1.35.4')],
  pods: [proxy('w1', 'registry.k8s.io/kube-proxy:v1.35.4')],
  workloads: [],
  controlPlane: controlPlane('v1.35.4'),
};

export const cases = gateCasesFor(afterSkew, [
  { name: 'the next minor', given: healthy, expect: 'pass' },
  { name: 'a patch', upgrade: '1.35.4 to 1.35.9', given: healthy, expect: 'pass' },
  {
    name: 'a pool three behind now, four behind then',
    given: { ...healthy, nodes: [...healthy.nodes, node('w2', 'v1.32.9')] },
    expect: 'fail',
    says: 'w2',
  },
  { name: 'the same pool and a patch', upgrade: '1.35.4 to 1.35.9', given: { ...healthy, nodes: [node('w2', 'v1.32.9')] }, expect: 'pass' },
  {
    name: 'every node by its name',
    given: { ...healthy, nodes: [node('w2', 'v1.32.9'), node('w3', 'v1.31.0')] },
    expect: 'fail',
    says: '"w3"',
  },
  { name: 'kube-proxy left behind', given: { ...healthy, pods: [proxy('w1', 'registry.k8s.io/kube-proxy:v1.32.1')] }, expect: 'fail' },
  { name: 'a CPI one behind now, two behind then', given: { ...healthy, workloads: [cloudProvider('v1.34.0')] }, expect: 'fail' },
  { name: 'a CPI of the current minor', given: { ...healthy, workloads: [cloudProvider('v1.35.1')] }, expect: 'pass' },
  {
    name: 'an API server that an earlier upgrade left behind',
    given: { ...healthy, controlPlane: [component('kube-apiserver', 'v1.34.2'), ...controlPlane('v1.35.4', 'cp2')] },
    expect: 'fail',
    says: 'kube-apiserver-cp1',
  },
  { name: 'a kubelet that is newer than the target', upgrade: '1.35.4 to 1.34.9', given: healthy, expect: 'fail', says: 'newer' },
  {
    name: 'an old kubelet, two behind now',
    upgrade: '1.26.3 to 1.27.1',
    given: { ...healthy, nodes: [node('w1', 'v1.24.17')], pods: [], controlPlane: controlPlane('v1.26.3') },
    expect: 'fail',
    says: '2 allowed',
  },
]);
