import { gateCasesFor } from '../../check.ts';
import { apiservices } from './apiservices.check.ts';

const own = { name: 'v1.apps', available: true };

export const cases = gateCasesFor(apiservices, [
  { name: 'all there', given: { apiServices: [own] }, expect: 'pass' },
  { name: 'one that says nothing', given: { apiServices: [{ ...own, available: false }] }, expect: 'fail', says: 'is not available' },
  {
    name: 'metrics without a server',
    given: {
      apiServices: [
        own,
        {
          name: 'v1beta1.metrics.k8s.io',
          available: false,
          reason: 'MissingEndpoints',
          service: { namespace: 'kube-system', name: 'metrics-server' },
        },
      ],
    },
    expect: 'fail',
    says: 'MissingEndpoints, served by kube-system/metrics-server',
  },
]);
