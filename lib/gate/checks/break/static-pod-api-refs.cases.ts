import { gateCasesFor } from '../../check.ts';
import { pods, unread } from './examples.ts';
import { staticPodApiRefs } from './static-pod-api-refs.check.ts';

const upgrade = '1.33.7 to 1.34.3';
const vip = { namespace: 'kube-system', name: 'kube-vip-cp-1', isMirror: true };

export const cases = gateCasesFor(staticPodApiRefs, [
  { name: 'by files only', upgrade, given: { pods: pods(vip, { refersTo: ['configMap/settings'] }) }, expect: 'pass' },
  {
    name: 'a ConfigMap',
    upgrade,
    given: { pods: pods({ ...vip, refersTo: ['configMap/kube-vip'] }) },
    expect: 'fail',
    says: 'kube-system/kube-vip-cp-1',
  },
  { name: 'between the two steps', given: { pods: unread }, expect: 'not-applicable' },
]);
