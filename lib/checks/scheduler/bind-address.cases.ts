import { controlPlane, running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { bindAddress } from './bind-address.check.ts';

const given = running('kube-scheduler');

export const cases = casesFor(bindAddress, [
  { name: 'loopback', expect: 'pass', given: given({ 'bind-address': '127.0.0.1' }) },
  { name: 'loopback of IPv6', expect: 'pass', given: given({ 'bind-address': '::1' }) },
  { name: 'every address', expect: 'fail', given: given({ 'bind-address': '0.0.0.0' }) },
  { name: 'one address of the node', expect: 'fail', given: given({ 'bind-address': '198.18.0.11' }), says: '198.18.0.11' },
  { name: 'not set, every address by default', expect: 'fail', given: given({}), says: 'default 0.0.0.0' },
  { name: 'no port is served at all', expect: 'pass', given: given({ 'secure-port': '0' }) },
  { name: 'an address that only begins like loopback', expect: 'fail', given: given({ 'bind-address': '127.0.0.1.example' }) },
  { name: 'no mirror pod', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
