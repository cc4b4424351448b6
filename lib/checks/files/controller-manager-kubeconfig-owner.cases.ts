import { ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { controllerManagerKubeconfigOwner } from './controller-manager-kubeconfig-owner.check.ts';

export const cases = casesFor(controllerManagerKubeconfigOwner, [...ownerCases('/etc/kubernetes/controller-manager.conf')]);
