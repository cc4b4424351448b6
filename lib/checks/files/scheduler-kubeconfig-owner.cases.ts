import { casesFor } from '../check.ts';
import { ownerCases } from '../shared/example-nodes.ts';
import { schedulerKubeconfigOwner } from './scheduler-kubeconfig-owner.check.ts';

export const cases = casesFor(schedulerKubeconfigOwner, [...ownerCases('/etc/kubernetes/scheduler.conf')]);
