import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { eventRecordQps } from './event-record-qps.check.ts';

export const cases = casesFor(eventRecordQps, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ eventRecordQPS: 50 })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ eventRecordQPS: 0 })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ eventRecordQPS: 50 })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ eventRecordQPS: 0 })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: { kubelets: [kubelet({ eventRecordQPS: 50 }), kubelet({ eventRecordQPS: 0 }, { node: 'w2' })] },
  },
  { name: 'the default of older versions', expect: 'pass', given: { kubelets: [kubelet({ eventRecordQPS: 5 })] } },
  { name: 'next to nothing', expect: 'fail', given: { kubelets: [kubelet({ eventRecordQPS: 1 })] }, says: '1 event a second' },
  { name: 'many, shown', expect: 'pass', given: { kubelets: [kubelet({ eventRecordQPS: 1000 })] }, says: '1000' },
  { name: 'left out of the ConfigMap, the default is 50', expect: 'unknown', given: { kubelets: [wanted({})] } },
]);
