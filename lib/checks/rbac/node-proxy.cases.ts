import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { nodeProxy } from './node-proxy.check.ts';

const holds = (given: ReturnType<typeof rule>) => ({ rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')])]) });
export const cases = casesFor(nodeProxy, [
  ...casesOfRight(rule(['get'], '', ['nodes/proxy']), 'cluster'),
  { name: 'create alone', expect: 'fail', given: holds(rule(['create'], '', ['nodes/proxy'])) },
  { name: 'the proxy of everything', expect: 'fail', given: holds(rule(['get'], '', ['*/proxy'])) },
  { name: 'one node by name', expect: 'fail', given: holds(rule(['get'], '', ['nodes/proxy'], ['w-1'])) },
  { name: 'nodes without sub-resource', expect: 'pass', given: holds(rule(['*'], '', ['nodes'])) },
  { name: 'all sub-resources, which RBAC does not know', expect: 'pass', given: holds(rule(['get'], '', ['nodes/*'])) },
  { name: 'finer sub-resources', expect: 'pass', given: holds(rule(['get'], '', ['nodes/metrics', 'nodes/configz'])) },
]);
