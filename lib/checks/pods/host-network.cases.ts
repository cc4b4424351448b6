import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { hostNetwork } from './host-network.check.ts';

export const cases = casesFor(hostNetwork, [
  ...casesOfPodSecurity('baseline', workload({ hostNetwork: true })),
  {
    name: 'the other namespaces of the node',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ hostPID: true, hostIPC: true })] },
  },
]);
