import { blindNode, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { schedulerManifestOwner } from './scheduler-manifest-owner.check.ts';

export const cases = casesFor(schedulerManifestOwner, [
  ...ownerCases('/etc/kubernetes/manifests/kube-scheduler.yaml'),
  { name: 'no process could be seen', given: { nodeFiles: [blindNode()] }, expect: 'unknown' },
]);
