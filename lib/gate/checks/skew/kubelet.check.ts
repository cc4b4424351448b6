import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck } from '../../check.ts';
import { apiServers, kubelets } from './components.ts';
import { judge, rangeOf, skewOf } from './judge.ts';

export const kubeletSkew = defineGateCheck({
  id: 'skew.kubelet',
  category: 'skew',
  title: 'No kubelet is too far from the API servers now',
  severity: 'high',
  why: 'A kubelet may be as new as the oldest API server and three minors behind the newest (two, if it is older than 1.25); beyond that nodes and pods fail in ways nobody tests.',
  repair: 'Bring the kubelets of the named nodes into the range of the API servers.',
  links: ['https://kubernetes.io/releases/version-skew-policy/#kubelet'],
  reads: ['nodes', 'controlPlane'],
  evaluate: ({ nodes, controlPlane, cluster, upgrade: { current } }) => {
    const range = rangeOf(apiServers(controlPlane, cluster, current));
    if ('outcome' in range) return range;
    return judge({
      running: kubelets(nodes),
      problem: (one) => skewOf(one, range),
      good: `Every kubelet goes with API servers of ${minorText(range.newest)}.`,
      none: 'The cluster has no nodes.',
    });
  },
});
