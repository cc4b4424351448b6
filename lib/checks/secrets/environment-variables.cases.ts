import { container, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { environmentVariables } from './environment-variables.check.ts';

const taking = (...secretsInEnv: readonly string[]) => container({ secretsInEnv });
export const cases = casesFor(environmentVariables, [
  { name: 'none', expect: 'pass', given: { workloads: [workload()] } },
  {
    name: 'one',
    expect: 'fail',
    given: { workloads: [workload({ containers: [taking('db')] })] },
    says: 'takes Secret db as environment variables',
  },
  { name: 'several', expect: 'fail', given: { workloads: [workload({ containers: [taking('a', 'b')] })] }, says: 'takes Secrets a, b' },
  {
    name: 'an init container',
    expect: ['pass', 'fail'],
    given: { workloads: [workload({ containers: [container(), { ...taking('db'), name: 'first', kind: 'init' }] })] },
  },
  {
    name: "the cluster's own",
    expect: 'fail',
    given: { workloads: [workload({ namespace: 'kube-system', containers: [taking('cloud')] })] },
  },
  { name: 'nothing runs', expect: 'not-applicable', given: { workloads: [] } },
]);
