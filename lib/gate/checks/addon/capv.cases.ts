import type { GateCrd } from '../../../core/gate/index.ts';
import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { capv } from './capv.check.ts';

const pair = (core: string, provider: string) => [
  exampleWorkload({
    namespace: 'capi-system',
    name: 'capi-controller-manager',
    images: [`registry.k8s.io/cluster-api/cluster-api-controller:${core}`],
  }),
  exampleWorkload({
    namespace: 'capv-system',
    name: 'capv-controller-manager',
    images: [`registry.k8s.io/cluster-api-vsphere/cluster-api-vsphere-controller:${provider}`],
  }),
];
const crds = (...served: readonly string[]): readonly GateCrd[] => [
  {
    name: 'clusters.cluster.x-k8s.io',
    group: 'cluster.x-k8s.io',
    kind: 'Cluster',
    versions: ['v1beta1', 'v1beta2'].map((name) => ({
      name,
      served: served.includes(name),
      storage: name === 'v1beta2',
      deprecated: name === 'v1beta1',
    })),
    storedVersions: ['v1beta2'],
    conversion: { strategy: 'None' },
    nonStructural: false,
    established: true,
  },
];

export const cases = gateCasesFor(capv, [
  { name: 'a tested pair', given: { workloads: pair('v1.13.2', 'v1.16.0'), crds: crds('v1beta1', 'v1beta2') }, expect: 'pass' },
  {
    name: 'a version that is no longer served',
    given: { workloads: pair('v1.16.0', 'v1.13.1'), crds: crds('v1beta2') },
    expect: 'fail',
    says: 'capv-system',
  },
  {
    name: 'a pair nobody tested',
    given: { workloads: pair('v1.14.0', 'v1.16.0'), crds: crds('v1beta1', 'v1beta2') },
    expect: 'unknown',
    says: 'tested with Cluster API 1.13',
  },
  {
    name: 'a release without a row',
    given: { workloads: pair('v1.14.0', 'v1.17.0'), crds: crds('v1beta2') },
    expect: 'unknown',
    says: '1.17.0',
  },
  { name: 'none', given: { workloads: [exampleWorkload()], crds: [] }, expect: 'not-applicable' },
]);
