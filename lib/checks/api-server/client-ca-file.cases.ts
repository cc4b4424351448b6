import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { clientCaFile } from './client-ca-file.check.ts';

export const cases = casesFor(clientCaFile, [
  { name: 'all flags are given', expect: 'pass', given: apiServer({ 'client-ca-file': '/pki/client-ca-file' }) },
  { name: 'nothing is given', expect: 'fail', given: apiServer({}), says: 'not set' },
  { name: 'a flag is given without a value', expect: 'fail', given: apiServer({ 'client-ca-file': '' }), says: '(empty)' },
  {
    name: 'no mirror pod, and the process says so itself',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'client-ca-file': '/pki/a' }) }),
    says: '/flagz',
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: controlPlane([]), says: 'no mirror pod' },
]);
