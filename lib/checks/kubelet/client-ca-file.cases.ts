import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { clientCaFile } from './client-ca-file.check.ts';

export const cases = casesFor(clientCaFile, [
  {
    name: 'as it should be',
    expect: 'pass',
    given: { kubelets: [kubelet({ authentication: { x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' } } })] },
  },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ authentication: { x509: {} } })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ authentication: { x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' } } })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ authentication: { x509: {} } })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: {
      kubelets: [
        kubelet({ authentication: { x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' } } }),
        kubelet({ authentication: { x509: {} } }, { node: 'w2' }),
      ],
    },
  },
]);
