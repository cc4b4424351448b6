import { exampleWorker, ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletServiceOwner } from './kubelet-service-owner.check.ts';

export const cases = casesFor(kubeletServiceOwner, [
  ...ownerCases('/etc/systemd/system/kubelet.service.d/10-kubeadm.conf'),
  { name: 'no systemd service starts the kubelet', given: { nodeFiles: [exampleWorker()] }, expect: 'not-applicable' },
]);
