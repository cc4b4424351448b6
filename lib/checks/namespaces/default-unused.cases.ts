import { casesFor } from '../check.ts';
import { defaultUnused } from './default-unused.check.ts';

const own = [
  { kind: 'ConfigMap', name: 'kube-root-ca.crt' },
  { kind: 'EndpointSlice', name: 'kubernetes' },
  { kind: 'Service', name: 'kubernetes' },
  { kind: 'ServiceAccount', name: 'default' },
];
const many = Array.from({ length: 60 }, (_, index) => ({ kind: 'Pod', name: `p-${index}` }));
export const cases = casesFor(defaultUnused, [
  { name: "only Kubernetes' own", expect: 'pass', given: { defaultNamespace: own }, says: 'Service kubernetes' },
  { name: 'nothing at all', expect: 'pass', given: { defaultNamespace: [] } },
  {
    name: 'what a mesh puts into every namespace',
    expect: 'pass',
    given: { defaultNamespace: [...own, { kind: 'ConfigMap', name: 'istio-ca-root-cert' }] },
  },
  {
    name: 'a workload',
    expect: 'fail',
    given: { defaultNamespace: [...own, { kind: 'Deployment', name: 'front' }] },
    says: '1 object of its users: Deployment front',
  },
  { name: 'another kind of a known name', expect: 'fail', given: { defaultNamespace: [{ kind: 'ConfigMap', name: 'kubernetes' }] } },
  { name: 'more than anybody reads', expect: 'fail', given: { defaultNamespace: many }, says: 'and 10 more' },
]);
