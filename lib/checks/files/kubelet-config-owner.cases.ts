import { casesFor } from '../check.ts';
import { ownerCases } from '../shared/example-nodes.ts';
import { kubeletConfigOwner } from './kubelet-config-owner.check.ts';

export const cases = casesFor(kubeletConfigOwner, [...ownerCases('/var/lib/kubelet/config.yaml')]);
