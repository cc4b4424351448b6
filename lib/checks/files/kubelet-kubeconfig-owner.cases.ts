import { casesFor } from '../check.ts';
import { ownerCases } from '../shared/example-nodes.ts';
import { kubeletKubeconfigOwner } from './kubelet-kubeconfig-owner.check.ts';

export const cases = casesFor(kubeletKubeconfigOwner, [...ownerCases('/etc/kubernetes/kubelet.conf')]);
