import { casesFor } from '../check.ts';
import { ownerCases } from '../shared/example-nodes.ts';
import { controllerManagerKubeconfigOwner } from './controller-manager-kubeconfig-owner.check.ts';

export const cases = casesFor(controllerManagerKubeconfigOwner, [...ownerCases('/etc/kubernetes/controller-manager.conf')]);
