import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { rotateCertificates } from './rotate-certificates.check.ts';

export const cases = casesFor(rotateCertificates, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ rotateCertificates: true })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({})] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ rotateCertificates: true })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({})] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: { kubelets: [kubelet({ rotateCertificates: true }), kubelet({}, { node: 'w2' })] },
  },
  { name: 'false', expect: 'fail', given: { kubelets: [kubelet({ rotateCertificates: false })] } },
]);
