import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { autoscaler } from './autoscaler.check.ts';

const runs = (tag: string) => ({
  workloads: [
    exampleWorkload({
      namespace: 'kube-system',
      name: 'cluster-autoscaler',
      images: [`registry.k8s.io/autoscaling/cluster-autoscaler:${tag}`],
    }),
  ],
});

export const cases = gateCasesFor(autoscaler, [
  { name: 'as new as the cluster', given: runs('v1.35.0'), expect: 'pass', says: 'upgrade it to 1.36' },
  { name: 'as new as the target', given: runs('v1.36.0'), expect: 'pass' },
  { name: 'behind both', given: runs('v1.33.1'), expect: 'fail', says: 'kube-system/cluster-autoscaler' },
  { name: 'no version in the tag', given: runs('latest'), expect: 'unknown' },
  { name: 'none', given: { workloads: [exampleWorkload()] }, expect: 'not-applicable' },
]);
