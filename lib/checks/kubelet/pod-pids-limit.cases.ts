import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { podPidsLimit } from './pod-pids-limit.check.ts';

export const cases = casesFor(podPidsLimit, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ podPidsLimit: 4096 })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ podPidsLimit: -1 })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ podPidsLimit: 4096 })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ podPidsLimit: -1 })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: { kubelets: [kubelet({ podPidsLimit: 4096 }), kubelet({ podPidsLimit: -1 }, { node: 'w2' })] },
  },
  { name: 'zero is no limit', expect: 'fail', given: { kubelets: [kubelet({ podPidsLimit: 0 })] } },
  { name: 'left out', expect: 'fail', given: { kubelets: [kubelet({})] } },
  { name: 'left out of the ConfigMap, the default is -1', expect: 'fail', given: { kubelets: [wanted({})] } },
]);
