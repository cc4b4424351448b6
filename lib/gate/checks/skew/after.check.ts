import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck } from '../../check.ts';
import { apiServers, cloudControllers, controlPlaneComponents, kubelets, proxies } from './components.ts';
import { judge, skewOf } from './judge.ts';

export const afterSkew = defineGateCheck({
  id: 'skew.after',
  category: 'skew',
  title: 'Every component is near enough to an API server of the target',
  severity: 'critical',
  why: 'The API server is upgraded first, and all else has to work with it until its own turn comes: a pool that is held back three minors blocks the next upgrade of the control plane.',
  repair: 'Upgrade the named components first, so that they are in the range of the target.',
  links: ['https://kubernetes.io/releases/version-skew-policy/'],
  reads: ['nodes', 'pods', 'workloads', 'controlPlane'],
  evaluate: ({ nodes, pods, workloads, controlPlane, cluster, upgrade: { current, target } }) => {
    const range = { oldest: target, newest: target };
    const parts = controlPlaneComponents(controlPlane).filter(({ component }) => component !== 'kube-apiserver');
    const running = [
      ...apiServers(controlPlane, cluster, current),
      ...parts,
      ...cloudControllers(workloads),
      ...kubelets(nodes),
      ...proxies(pods),
    ];
    return judge({
      running,
      problem: (one) => skewOf(one, range),
      good: `Every component goes with an API server of ${minorText(target)}.`,
      none: 'Nothing runs in the cluster.',
    });
  },
});
