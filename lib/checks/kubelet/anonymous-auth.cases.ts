import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { anonymousAuth } from './anonymous-auth.check.ts';

export const cases = casesFor(anonymousAuth, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ authentication: { anonymous: { enabled: false } } })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ authentication: { anonymous: { enabled: true } } })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ authentication: { anonymous: { enabled: false } } })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ authentication: { anonymous: { enabled: true } } })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: {
      kubelets: [
        kubelet({ authentication: { anonymous: { enabled: false } } }),
        kubelet({ authentication: { anonymous: { enabled: true } } }, { node: 'w2' }),
      ],
    },
  },
  { name: 'left out by the kubelet is off', expect: 'pass', given: { kubelets: [kubelet({ authentication: {} })] } },
  {
    name: 'asked through the API server',
    expect: 'pass',
    given: { kubelets: [kubelet({ authentication: {} }, { source: 'api-server-proxy' })] },
    says: 'through the API server',
  },
  { name: 'no nodes', expect: 'unknown', given: { kubelets: [] } },
]);
