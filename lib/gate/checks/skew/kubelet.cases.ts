import { gateCasesFor } from '../../check.ts';
import { component, controlPlane, node } from './examples.ts';
import { kubeletSkew } from './kubelet.check.ts';

const both = [component('kube-apiserver', 'v1.34.3', 'cp1'), component('kube-apiserver', 'v1.35.4', 'cp2')];

export const cases = gateCasesFor(kubeletSkew, [
  { name: 'all alike', given: { nodes: [node('cp1', 'v1.35.4')], controlPlane: controlPlane('v1.35.4') }, expect: 'pass' },
  { name: 'three behind', given: { nodes: [node('w1', 'v1.32.1')], controlPlane: controlPlane('v1.35.4') }, expect: 'pass' },
  { name: 'a newer patch', given: { nodes: [node('w1', 'v1.35.9')], controlPlane: controlPlane('v1.35.4') }, expect: 'pass' },
  {
    name: 'four behind',
    given: { nodes: [node('w1', 'v1.35.4'), node('w2', 'v1.31.9')], controlPlane: controlPlane('v1.35.4') },
    expect: 'fail',
    says: 'w2',
  },
  { name: 'newer', given: { nodes: [node('w1', 'v1.36.0')], controlPlane: controlPlane('v1.35.4') }, expect: 'fail', says: 'newer' },
  {
    name: 'an old one, three behind',
    upgrade: '1.26.3 to 1.27.0',
    given: { nodes: [node('w1', 'v1.23.17')], controlPlane: controlPlane('v1.26.3') },
    expect: 'fail',
    says: '2 allowed',
  },
  {
    name: 'an old one, two behind',
    upgrade: '1.26.3 to 1.27.0',
    given: { nodes: [node('w1', 'v1.24.17')], controlPlane: controlPlane('v1.26.3') },
    expect: 'pass',
  },
  { name: 'newer than the oldest of two API servers', given: { nodes: [node('w1', 'v1.35.4')], controlPlane: both }, expect: 'fail' },
  { name: 'within both of two API servers', given: { nodes: [node('w1', 'v1.34.3')], controlPlane: both }, expect: 'pass' },
  { name: 'too old for the newest of two', given: { nodes: [node('w1', 'v1.31.3')], controlPlane: both }, expect: 'fail' },
  { name: 'a control plane that is not to be seen', given: { nodes: [node('w1', 'v1.35.4')], controlPlane: [] }, expect: 'pass' },
  { name: 'no version', given: { nodes: [node('w1', 'custom')], controlPlane: [] }, expect: 'unknown', says: 'w1' },
  {
    name: 'an API server by digest',
    given: { nodes: [node('w1', 'v1.35.4')], controlPlane: [component('kube-apiserver', '')] },
    expect: 'unknown',
  },
]);
