import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { terminatedPodGcThreshold } from './terminated-pod-gc-threshold.check.ts';

const given = running('kube-controller-manager');

export const cases = casesFor(terminatedPodGcThreshold, [
  { name: 'chosen', expect: 'pass', given: given({ 'terminated-pod-gc-threshold': '500' }), says: '500' },
  { name: 'not set', expect: 'fail', given: given({}), says: '12500' },
  { name: 'zero removes nothing', expect: 'fail', given: given({ 'terminated-pod-gc-threshold': '0' }), says: 'never' },
  { name: 'less than zero', expect: 'fail', given: given({ 'terminated-pod-gc-threshold': '-1' }) },
  { name: 'more than the default', expect: 'fail', given: given({ 'terminated-pod-gc-threshold': '100000' }), says: '100000' },
]);
