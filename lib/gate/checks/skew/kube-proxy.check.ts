import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck } from '../../check.ts';
import { apiServers, kubelets, proxies } from './components.ts';
import { judge, proxySkewOf, rangeOf, skewOf } from './judge.ts';

export const kubeProxySkew = defineGateCheck({
  id: 'skew.kube-proxy',
  category: 'skew',
  title: 'No kube-proxy is too far from the API servers and from its kubelet now',
  severity: 'high',
  why: 'A kube-proxy may be as new as the oldest API server, three minors behind the newest (two, if it is older than 1.25), and three minors from the kubelet of its node.',
  repair: 'Roll kube-proxy out in the version of the control plane.',
  links: ['https://kubernetes.io/releases/version-skew-policy/#kube-proxy'],
  reads: ['nodes', 'pods', 'controlPlane'],
  evaluate: ({ nodes, pods, controlPlane, cluster, upgrade: { current } }) => {
    const range = rangeOf(apiServers(controlPlane, cluster, current));
    if ('outcome' in range) return range;
    const byNode = new Map(kubelets(nodes).map((kubelet) => [kubelet.node, kubelet]));
    return judge({
      running: proxies(pods),
      problem: (one) => skewOf(one, range) ?? proxySkewOf(one, byNode.get(one.node)),
      good: `Every kube-proxy goes with API servers of ${minorText(range.newest)} and with its kubelet.`,
      none: 'No kube-proxy runs in kube-system.',
    });
  },
});
