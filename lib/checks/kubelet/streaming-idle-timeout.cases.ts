import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { streamingIdleTimeout } from './streaming-idle-timeout.check.ts';

export const cases = casesFor(streamingIdleTimeout, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ streamingConnectionIdleTimeout: '4h0m0s' })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ streamingConnectionIdleTimeout: '0s' })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ streamingConnectionIdleTimeout: '4h0m0s' })] },
    says: 'The kubelet of w1 did not answer.',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: {
      kubelets: [kubelet({ streamingConnectionIdleTimeout: '4h0m0s' }), kubelet({ streamingConnectionIdleTimeout: '0s' }, { node: 'w2' })],
    },
  },
  {
    name: '0s in the ConfigMap is the default of four hours, not zero',
    expect: 'unknown',
    given: { kubelets: [wanted({ streamingConnectionIdleTimeout: '0s' })] },
    says: '4h',
  },
  { name: 'left out of the ConfigMap', expect: 'unknown', given: { kubelets: [wanted({})] } },
  { name: 'zero without a unit', expect: 'fail', given: { kubelets: [kubelet({ streamingConnectionIdleTimeout: '0' })] } },
  { name: 'hours and minutes', expect: 'pass', given: { kubelets: [kubelet({ streamingConnectionIdleTimeout: '1h30m' })] } },
  { name: 'left out by the kubelet is zero', expect: 'fail', given: { kubelets: [kubelet({})] } },
  { name: 'no duration', expect: 'unknown', given: { kubelets: [kubelet({ streamingConnectionIdleTimeout: 'long' })] } },
]);
