import { namespace, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { boundaries } from './boundaries.check.ts';

export const cases = casesFor(boundaries, [
  {
    name: 'two namespaces',
    expect: 'manual',
    given: {
      namespaces: [namespace('default'), namespace('shop'), namespace('kube-system')],
      workloads: [workload(), workload({ name: 'back', serviceAccount: 'back' })],
    },
    says: '2 workloads with 2 ServiceAccounts',
  },
  {
    name: "only the cluster's own",
    expect: 'manual',
    given: { namespaces: [namespace('kube-system')], workloads: [workload({ namespace: 'kube-system' })] },
    says: 'no workloads in no namespaces',
  },
]);
