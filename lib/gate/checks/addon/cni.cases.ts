import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { cni } from './cni.check.ts';

const runs = (namespace: string, name: string, image: string) => ({
  workloads: [exampleWorkload({ kind: 'DaemonSet', namespace, name, images: [image] })],
});
const calico = (tag: string) => runs('calico-system', 'calico-node', `quay.io/calico/node:${tag}`);
const cilium = (tag: string) => runs('kube-system', 'cilium', `quay.io/cilium/cilium:${tag}@sha256:0123`);

export const cases = gateCasesFor(cni, [
  { name: 'Calico 3.32 at 1.36', given: calico('v3.32.1'), expect: 'pass' },
  { name: 'Calico 3.30 at 1.36', given: calico('v3.30.5'), expect: 'fail', says: 'calico-system/calico-node' },
  { name: 'Cilium 1.19 at 1.35', upgrade: '1.34.3 to 1.35.4', given: cilium('v1.19.3'), expect: 'pass' },
  { name: 'Cilium 1.19 at 1.36', given: cilium('v1.19.3'), expect: 'fail', says: '1.32 to 1.35, not 1.36' },
  { name: 'Cilium without a row', given: cilium('v1.20.3'), expect: 'unknown', says: '1.20.3' },
  { name: 'Antrea 2.7 at 1.36', given: runs('kube-system', 'antrea-agent', 'antrea/antrea-agent-ubuntu:v2.7.0'), expect: 'pass' },
  {
    name: 'Antrea 2.7 at what came after it',
    upgrade: '1.36.3 to 1.37.2',
    given: runs('kube-system', 'antrea-agent', 'antrea/antrea-agent-ubuntu:v2.7.0'),
    expect: 'unknown',
  },
  {
    name: 'Flannel',
    given: runs('kube-flannel', 'kube-flannel-ds', 'ghcr.io/flannel-io/flannel:v0.28.8'),
    expect: 'unknown',
    says: 'kube-flannel/kube-flannel-ds',
  },
  {
    name: 'something that looks like one',
    given: runs('kube-system', 'kindnet', 'docker.io/kindest/kindnetd:v20250512'),
    expect: 'unknown',
    says: 'kindnet',
  },
  { name: 'none that can be seen', given: { workloads: [exampleWorkload()] }, expect: 'unknown', says: 'No DaemonSet' },
]);
