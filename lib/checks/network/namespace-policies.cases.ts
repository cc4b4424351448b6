import { namespace, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { namespacePolicies } from './namespace-policies.check.ts';

const given = { namespaces: [namespace('shop'), namespace('kube-system')], workloads: [workload()], networkPolicies: [] };
const own = { kind: 'NetworkPolicy', namespace: 'shop', name: 'deny' };
export const cases = casesFor(namespacePolicies, [
  { name: 'a policy', expect: 'pass', given: { ...given, networkPolicies: [own] }, says: 'NetworkPolicy shop/deny' },
  {
    name: "a policy of the network plugin's own kind",
    expect: 'pass',
    given: { ...given, networkPolicies: [{ ...own, kind: 'CiliumNetworkPolicy' }] },
  },
  { name: 'none', expect: 'fail', given, says: 'runs 1 workload' },
  { name: 'a policy in another namespace', expect: 'fail', given: { ...given, networkPolicies: [{ ...own, namespace: 'kube-system' }] } },
  {
    name: 'one of two namespaces',
    expect: ['pass', 'fail'],
    given: { ...given, namespaces: [namespace('shop'), namespace('default')], networkPolicies: [own] },
  },
  {
    name: 'a policy for the whole cluster',
    expect: 'manual',
    given: { ...given, networkPolicies: [{ kind: 'Calico GlobalNetworkPolicy', name: 'deny' }] },
    says: 'Calico GlobalNetworkPolicy deny',
  },
  { name: "only the cluster's own namespaces", expect: 'not-applicable', given: { ...given, namespaces: [namespace('kube-system')] } },
]);
