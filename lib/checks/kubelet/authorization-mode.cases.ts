import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { authorizationMode } from './authorization-mode.check.ts';

export const cases = casesFor(authorizationMode, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ authorization: { mode: 'Webhook' } })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ authorization: { mode: 'AlwaysAllow' } })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ authorization: { mode: 'Webhook' } })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ authorization: { mode: 'AlwaysAllow' } })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: {
      kubelets: [kubelet({ authorization: { mode: 'Webhook' } }), kubelet({ authorization: { mode: 'AlwaysAllow' } }, { node: 'w2' })],
    },
  },
  { name: 'the kubelet does not say', expect: 'unknown', given: { kubelets: [kubelet({})] } },
  { name: 'left out of the ConfigMap, the default is Webhook', expect: 'unknown', given: { kubelets: [wanted({})] }, says: 'Webhook' },
]);
