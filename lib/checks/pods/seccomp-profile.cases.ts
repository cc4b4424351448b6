import { container, withContext, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { seccompProfile } from './seccomp-profile.check.ts';

export const cases = casesFor(seccompProfile, [
  { name: 'on the container', expect: 'pass', given: { workloads: [withContext({ seccompProfile: 'RuntimeDefault' })] } },
  {
    name: 'on the pod',
    expect: 'pass',
    given: { workloads: [workload({ securityContext: { seccompProfile: 'Localhost' } })] },
    says: 'Localhost',
  },
  {
    name: 'nowhere',
    expect: 'fail',
    given: { workloads: [workload()] },
    says: 'Container main of Deployment shop/front sets no seccomp profile',
  },
  { name: 'unconfined', expect: 'fail', given: { workloads: [withContext({ seccompProfile: 'Unconfined' })] }, says: 'on purpose' },
  {
    name: 'unconfined in a pod that is confined',
    expect: 'fail',
    given: { workloads: [withContext({ seccompProfile: 'Unconfined' }, { securityContext: { seccompProfile: 'RuntimeDefault' } })] },
  },
  {
    name: 'one container of two',
    expect: ['pass', 'fail'],
    given: {
      workloads: [
        workload({
          containers: [container({ securityContext: { seccompProfile: 'RuntimeDefault' } }), container({ name: 'first', kind: 'init' })],
        }),
      ],
    },
    says: 'init container first',
  },
  {
    name: 'pods of one owner that differ are judged once',
    expect: 'fail',
    given: { workloads: [workload(), withContext({ seccompProfile: 'RuntimeDefault' })] },
  },
  { name: 'Windows, which has none', expect: 'pass', given: { workloads: [workload({ os: 'windows' })] } },
  {
    name: "only the cluster's own",
    expect: 'not-applicable',
    given: { workloads: [workload({ namespace: 'kube-system', name: 'dns' })] },
    says: 'Deployment kube-system/dns',
  },
  { name: 'a static pod', expect: 'not-applicable', given: { workloads: [workload({ kind: 'Pod', isStatic: true })] } },
  { name: 'nothing runs', expect: 'not-applicable', given: { workloads: [] } },
]);
