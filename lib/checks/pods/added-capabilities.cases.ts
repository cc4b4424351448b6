import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { addedCapabilities } from './added-capabilities.check.ts';

export const cases = casesFor(addedCapabilities, [
  ...casesOfPodSecurity('baseline', withContext({ capabilitiesAdd: ['SYS_ADMIN', 'CHOWN'] })),
  {
    name: 'nothing dropped, nothing added',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload()] },
  },
  {
    name: 'what runtimes give anyway',
    expect: 'pass',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [withContext({ capabilitiesAdd: ['CHOWN', 'CAP_KILL'] })],
    },
  },
  {
    name: 'NET_RAW',
    expect: 'fail',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ capabilitiesAdd: ['NET_RAW'] })] },
    says: 'NET_RAW',
  },
]);
