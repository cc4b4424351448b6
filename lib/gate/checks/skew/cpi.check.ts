import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck } from '../../check.ts';
import { apiServers, cloudControllers } from './components.ts';
import { judge, rangeOf, skewOf } from './judge.ts';

export const cpiSkew = defineGateCheck({
  id: 'skew.cpi',
  category: 'skew',
  title: 'The vSphere cloud provider (CPI) is not too far from the API servers now',
  severity: 'high',
  why: 'The CPI is a cloud controller manager: it may be as new as the oldest API server and one minor behind the newest.',
  repair: 'Run the CPI in the minor of the control plane.',
  links: [
    'https://kubernetes.io/releases/version-skew-policy/#kube-controller-manager-kube-scheduler-and-cloud-controller-manager',
    'https://github.com/kubernetes/cloud-provider-vsphere',
  ],
  reads: ['workloads', 'controlPlane'],
  evaluate: ({ workloads, controlPlane, cluster, upgrade: { current } }) => {
    const range = rangeOf(apiServers(controlPlane, cluster, current));
    if ('outcome' in range) return range;
    return judge({
      running: cloudControllers(workloads),
      problem: (one) => skewOf(one, range),
      good: `The CPI goes with API servers of ${minorText(range.newest)}.`,
      none: 'The vSphere cloud provider is not installed.',
    });
  },
});
