import { ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { kubeletConfigOwner } from './kubelet-config-owner.check.ts';

export const cases = casesFor(kubeletConfigOwner, [...ownerCases('/var/lib/kubelet/config.yaml')]);
