import { apiServer, controlPlane, flagz, instance, notServed } from '../../../test/support/control-plane.ts';
import { seen, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { runningFlags } from './running-flags.check.ts';

const { components } = apiServer({
  profiling: 'false',
  'authorization-mode': ['Node', 'RBAC'],
  'request-timeout': '60s',
  'feature-gates': 'B=true,A=false',
  'audit-log-maxage': '030',
  'no-such-flag-today': 'x',
});
const same = {
  profiling: 'false',
  'authorization-mode': '[Node,RBAC]',
  'request-timeout': '1m0s',
  'feature-gates': 'A=false,B=true',
  'audit-log-maxage': '30',
  'anonymous-auth': 'true',
};
const two = [instance('kube-apiserver', { profiling: 'true' }), instance('kube-apiserver', { profiling: 'false' }, { node: 'cp2' })];

export const cases = casesFor(runningFlags, [
  { name: 'the same, each in its own writing', expect: 'pass', given: { components, apiServerFlagz: flagz(same, 'cp1') } },
  {
    name: 'a manifest that was edited and not taken up',
    expect: 'fail',
    given: { components, apiServerFlagz: flagz({ ...same, profiling: 'true' }, 'cp1') },
    says: 'false in the pod, true in the process',
  },
  {
    name: 'a list that lost a member',
    expect: 'fail',
    given: { components, apiServerFlagz: flagz({ ...same, 'authorization-mode': '[Node]' }, 'cp1') },
  },
  {
    name: 'compares with the pod of the node that answered',
    expect: 'pass',
    given: { components: seen(two), apiServerFlagz: flagz({ profiling: 'false' }, 'cp2') },
  },
  {
    name: 'two servers, and nobody knows which one answered',
    expect: 'unknown',
    given: { components: seen(two), apiServerFlagz: flagz({ profiling: 'false' }) },
  },
  { name: 'one server needs no name', expect: 'pass', given: { components, apiServerFlagz: flagz(same) } },
  { name: 'no mirror pod', expect: 'unknown', given: { components: controlPlane([]).components, apiServerFlagz: flagz(same, 'cp1') } },
  {
    name: 'pods may not be listed',
    expect: 'unknown',
    given: { components: unseen('No right.'), apiServerFlagz: flagz(same) },
    says: 'No right.',
  },
  { name: 'not served although it could be', expect: 'unknown', given: { components, apiServerFlagz: notServed } },
  {
    name: 'a version that does not serve it',
    expect: 'not-applicable',
    given: { components, apiServerFlagz: notServed, cluster: { id: 'c', name: 'c', kubernetesVersion: 'v1.33.1+vmware.2' } },
  },
]);
