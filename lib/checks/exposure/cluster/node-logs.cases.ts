import { aWorkload } from '../example.ts';
import { statementCasesFor } from '../statement.ts';
import { nodeLogs } from './node-logs.statement.ts';

const mounting = (...hostPaths: readonly string[]) => ({ workloads: [aWorkload({ hostPaths })] });

export const cases = statementCasesFor(nodeLogs, [
  { name: 'the folder itself', given: mounting('/var/log/'), expect: 'fail', severity: 'high' },
  { name: 'a folder in it', given: mounting('/var/log/pods'), expect: 'fail' },
  { name: 'a folder above it', given: mounting('/'), expect: 'fail' },
  { name: 'a neighbour', given: mounting('/var/logs', '/var/lib/app'), expect: 'pass' },
  {
    name: "the cluster's own",
    given: { workloads: [aWorkload({ isStatic: true, namespace: 'kube-system', hostPaths: ['/var/log/kubernetes'] })] },
    expect: 'not-applicable',
  },
]);
