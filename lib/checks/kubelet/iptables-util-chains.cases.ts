import { kubelet, silent, wanted } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { iptablesUtilChains } from './iptables-util-chains.check.ts';

export const cases = casesFor(iptablesUtilChains, [
  { name: 'as it should be', expect: 'pass', given: { kubelets: [kubelet({ makeIPTablesUtilChains: true })] } },
  { name: 'as it should not be', expect: 'fail', given: { kubelets: [kubelet({ makeIPTablesUtilChains: false })] } },
  {
    name: 'the ConfigMap alone proves nothing good',
    expect: 'unknown',
    given: { kubelets: [wanted({ makeIPTablesUtilChains: true })] },
    says: 'The kubelet of w1 did not answer.',
  },
  {
    name: 'the ConfigMap shows a failure',
    expect: 'fail',
    given: { kubelets: [wanted({ makeIPTablesUtilChains: false })] },
    says: 'ConfigMap kube-system/kubelet-config',
  },
  { name: 'nothing is known', expect: 'unknown', given: { kubelets: [silent] }, says: 'did not answer' },
  {
    name: 'nodes disagree: each is judged',
    expect: ['pass', 'fail'],
    given: { kubelets: [kubelet({ makeIPTablesUtilChains: true }), kubelet({ makeIPTablesUtilChains: false }, { node: 'w2' })] },
  },
  { name: 'left out of the ConfigMap, the default is true', expect: 'unknown', given: { kubelets: [wanted({})] } },
]);
