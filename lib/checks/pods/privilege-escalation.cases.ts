import { casesOfPodSecurity } from '../../../test/support/pod-security.ts';
import { container, namespace, stock, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { privilegeEscalation } from './privilege-escalation.check.ts';

export const cases = casesFor(privilegeEscalation, [
  ...casesOfPodSecurity('restricted', withContext({ allowPrivilegeEscalation: true })),
  {
    name: 'unset, which is not false',
    expect: 'fail',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload()] },
    says: 'not set, default true',
  },
  {
    name: 'set on one container only',
    expect: 'fail',
    given: {
      ...stock,
      namespaces: [namespace('shop', 'restricted')],
      workloads: [
        workload({ containers: [container({ securityContext: { allowPrivilegeEscalation: false } }), container({ name: 'second' })] }),
      ],
    },
    says: 'container second',
  },
  {
    name: 'false',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [withContext({ allowPrivilegeEscalation: false })] },
  },
  {
    name: 'Windows, which has no such field',
    expect: 'pass',
    given: { ...stock, namespaces: [namespace('shop', 'restricted')], workloads: [workload({ os: 'windows' })] },
  },
]);
