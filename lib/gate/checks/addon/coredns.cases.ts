import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { coredns } from './coredns.check.ts';

const runs = (tag: string) => ({
  workloads: [exampleWorkload({ namespace: 'kube-system', name: 'coredns', images: [`registry.k8s.io/coredns/coredns:${tag}`] })],
});

export const cases = gateCasesFor(coredns, [
  { name: 'as kubeadm 1.35 left it', given: runs('v1.13.1'), expect: 'pass', says: 'from 1.13.1 to 1.14.2' },
  { name: 'there already', given: runs('v1.14.2'), expect: 'pass' },
  { name: 'newer than what the target brings', given: runs('v1.14.6'), expect: 'fail', says: 'kube-system/coredns' },
  { name: 'a release the migration does not know', given: runs('v1.9.9'), expect: 'fail', says: '1.9.9' },
  { name: 'newer than the data', given: runs('v1.15.0'), expect: 'unknown', says: '1.14.6' },
  { name: 'a target without a row', upgrade: '1.37.2 to 1.38.0', given: runs('v1.14.6'), expect: 'unknown', says: '2026-11-28' },
  { name: 'no version in the tag', given: runs('latest'), expect: 'unknown' },
  { name: 'another server', given: { workloads: [exampleWorkload()] }, expect: 'not-applicable' },
]);
