import type { ApiServiceView } from '../../../core/probing/index.ts';
import { statementCasesFor } from '../statement.ts';
import { aggregatedApis } from './aggregated-apis.statement.ts';

const own: ApiServiceView = { name: 'v1.apps', insecureSkipTLSVerify: false, available: true };
const metrics: ApiServiceView = { ...own, name: 'v1beta1.metrics.k8s.io', service: 'kube-system/metrics-server' };

export const cases = statementCasesFor(aggregatedApis, [
  {
    name: 'a server that is not verified',
    given: { apiServices: [own, { ...metrics, insecureSkipTLSVerify: true }] },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'a server that is gone',
    given: { apiServices: [{ ...metrics, available: false, reason: 'ServiceNotFound' }] },
    expect: 'fail',
    severity: 'low',
    says: 'ServiceNotFound',
  },
  { name: 'a server as it should be', given: { apiServices: [own, metrics] }, expect: 'pass' },
  { name: 'none', given: { apiServices: [own] }, expect: 'not-applicable' },
]);
