import { casesFor } from '../check.ts';
import { ownerCases } from '../shared/example-nodes.ts';
import { kubeletClientCaOwner } from './kubelet-client-ca-owner.check.ts';

export const cases = casesFor(kubeletClientCaOwner, [...ownerCases('/etc/kubernetes/pki/ca.crt', '644')]);
