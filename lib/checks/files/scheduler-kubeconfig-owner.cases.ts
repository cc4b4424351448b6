import { ownerCases } from '../../../test/support/node-files.ts';
import { casesFor } from '../check.ts';
import { schedulerKubeconfigOwner } from './scheduler-kubeconfig-owner.check.ts';

export const cases = casesFor(schedulerKubeconfigOwner, [...ownerCases('/etc/kubernetes/scheduler.conf')]);
