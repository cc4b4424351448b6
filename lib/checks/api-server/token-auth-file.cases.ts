import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { tokenAuthFile } from './token-auth-file.check.ts';

export const cases = casesFor(tokenAuthFile, [
  { name: 'no file', expect: 'pass', given: apiServer({}) },
  { name: 'an empty value is no file', expect: 'pass', given: apiServer({ 'token-auth-file': '' }) },
  { name: 'a file', expect: 'fail', given: apiServer({ 'token-auth-file': '/etc/kubernetes/pki/tokens.csv' }), says: 'tokens.csv' },
  {
    name: 'a file the process tells of',
    expect: 'fail',
    given: controlPlane([], { apiServerFlagz: flagz({ 'token-auth-file': '/tokens.csv' }) }),
  },
]);
