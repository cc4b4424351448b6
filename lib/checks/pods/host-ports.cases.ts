import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { container, namespace, stock, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { hostPorts } from './host-ports.check.ts';

export const cases = casesFor(hostPorts, [
  ...casesOfPodSecurity('baseline', workload({ containers: [container({ hostPorts: [9009] })] })),
  {
    name: 'by an init container',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [workload({ containers: [container(), container({ name: 'first', kind: 'init', hostPorts: [80] })] })],
    },
    says: 'init container first: hostPort',
  },
]);
