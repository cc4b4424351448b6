import { ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletKubeconfigOwner } from './kubelet-kubeconfig-owner.check.ts';

export const cases = casesFor(kubeletKubeconfigOwner, [...ownerCases('/etc/kubernetes/kubelet.conf')]);
