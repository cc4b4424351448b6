import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { securePort } from './secure-port.check.ts';

export const cases = casesFor(securePort, [
  { name: 'not set, 6443', expect: 'pass', given: apiServer({}), says: '6443' },
  { name: 'another port', expect: 'pass', given: apiServer({ 'secure-port': '8443' }) },
  { name: 'no port', expect: 'fail', given: apiServer({ 'secure-port': '0' }) },
]);
