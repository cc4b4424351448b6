import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, doesNotApply } from '../../check.ts';
import { apiServers, controlPlaneComponents } from './components.ts';
import { judge, rangeOf, skewOf } from './judge.ts';

export const controlPlaneSkew = defineGateCheck({
  id: 'skew.control-plane',
  category: 'skew',
  title: 'The parts of the control plane are at most one minor apart now',
  severity: 'critical',
  why: 'API servers may be one minor apart, and a controller manager or scheduler one minor behind the newest of them: wider, and two halves of the control plane undo the work of each other.',
  repair: 'Finish the upgrade that was begun before the next one is started.',
  links: ['https://kubernetes.io/releases/version-skew-policy/#kube-apiserver'],
  reads: ['controlPlane'],
  evaluate: ({ controlPlane, cluster, upgrade: { current } }) => {
    const running = controlPlaneComponents(controlPlane);
    if (running.length === 0) return doesNotApply('The control plane does not run in pods of this cluster.');
    const range = rangeOf(apiServers(controlPlane, cluster, current));
    if ('outcome' in range) return range;
    return judge({
      running,
      problem: (one) => skewOf(one, range),
      good: `The control plane runs ${minorText(range.newest)}${range.oldest.minor === range.newest.minor ? '' : ` and ${minorText(range.oldest)}`}.`,
      none: 'The control plane does not run in pods of this cluster.',
    });
  },
});
