import { ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletClientCaOwner } from './kubelet-client-ca-owner.check.ts';

export const cases = casesFor(kubeletClientCaOwner, [...ownerCases('/etc/kubernetes/pki/ca.crt', '644')]);
