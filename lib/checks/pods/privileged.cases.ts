import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { container, namespace, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { privileged } from './privileged.check.ts';

export const cases = casesFor(privileged, [
  ...casesOfPodSecurity('baseline', withContext({ privileged: true })),
  {
    name: 'an init container',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [
        workload({ containers: [container(), container({ name: 'first', kind: 'init', securityContext: { privileged: true } })] }),
      ],
    },
    says: 'init container first: privileged',
  },
  {
    name: 'an ephemeral container',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [
        workload({ containers: [container(), container({ name: 'debug', kind: 'ephemeral', securityContext: { privileged: true } })] }),
      ],
    },
    says: 'ephemeral container debug',
  },
  {
    name: 'privileged: false',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ privileged: false })] },
  },
]);
