import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { hostPid } from './host-pid.check.ts';

export const cases = casesFor(hostPid, [
  ...casesOfPodSecurity('baseline', workload({ hostPID: true })),
  {
    name: 'the other namespaces of the node',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ hostIPC: true, hostNetwork: true })] },
  },
]);
