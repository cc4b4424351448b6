import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { seccompDefault } from './seccomp-default.check.ts';

export const cases = casesFor(seccompDefault, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ seccompDefault: true })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ seccompDefault: false })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ seccompDefault: true })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ seccompDefault: false })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: { kubelets: [kubelet({ seccompDefault: true }), kubelet({ seccompDefault: false }, { node: 'w2' })] },
  },
  { name: 'left out', expect: 'fail', given: { kubelets: [kubelet({})] } },
  { name: 'left out of the ConfigMap, the default is false', expect: 'fail', given: { kubelets: [wanted({})] } },
]);
