import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { encryptionProviderConfig } from './encryption-provider-config.check.ts';

export const cases = casesFor(encryptionProviderConfig, [
  { name: 'all flags are given', expect: 'pass', given: apiServer({ 'encryption-provider-config': '/pki/encryption-provider-config' }) },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: apiServer({ 'encryption-provider-config': '' }), says: '(empty)' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'encryption-provider-config': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
