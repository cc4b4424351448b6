import { container, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { securityContext } from './security-context.check.ts';

export const cases = casesFor(securityContext, [
  { name: 'on the container', expect: 'pass', given: { workloads: [withContext({ runAsNonRoot: true })] }, says: 'set on the container' },
  { name: 'on the pod', expect: 'pass', given: { workloads: [workload({ securityContext: { runAsUser: 1 } })] }, says: 'set on the pod' },
  { name: 'nowhere', expect: 'fail', given: { workloads: [workload()] } },
  {
    name: 'one container of two',
    expect: ['pass', 'fail'],
    given: {
      workloads: [workload({ containers: [container({ securityContext: { privileged: false } }), container({ name: 'second' })] })],
    },
    says: 'Container second of',
  },
  {
    name: "the cluster's own",
    expect: ['pass', 'not-applicable'],
    given: { workloads: [withContext({ runAsUser: 1 }), workload({ namespace: 'kube-system' })] },
  },
]);
