import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { hostIpc } from './host-ipc.check.ts';

export const cases = casesFor(hostIpc, [
  ...casesOfPodSecurity('baseline', workload({ hostIPC: true })),
  {
    name: 'the other namespaces of the node',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ hostPID: true, hostNetwork: true })] },
  },
]);
