import { casesFor } from '../check.ts';
import { blindNode, ownerCases } from '../shared/example-nodes.ts';
import { schedulerManifestOwner } from './scheduler-manifest-owner.check.ts';

export const cases = casesFor(schedulerManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/kube-scheduler.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
