import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { readOnlyPort } from './read-only-port.check.ts';

export const cases = casesFor(readOnlyPort, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({})] }, says: 'not set, so 0' },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ readOnlyPort: 10255 })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({})] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ readOnlyPort: 10255 })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: { kubelets: [kubelet({}), kubelet({ readOnlyPort: 10255 }, { node: 'w2' })] },
  },
  { name: 'zero', expect: 'pass', given: { kubelets: [kubelet({ readOnlyPort: 0 })] } },
]);
