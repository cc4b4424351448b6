import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { namespace, stock, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { hostPath } from './host-path.check.ts';

export const cases = casesFor(hostPath, [
  ...casesOfPodSecurity('baseline', workload({ hostPaths: ['/', '/var/log'] })),
  {
    name: 'no volume of the node',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload()] },
  },
]);
