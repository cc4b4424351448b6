import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { serviceAccountKeyFile } from './service-account-key-file.check.ts';

export const cases = casesFor(serviceAccountKeyFile, [
  { name: 'a file', expect: 'pass', given: apiServer({ 'service-account-key-file': '/etc/kubernetes/pki/sa.pub' }) },
  {
    name: 'two files, while keys change',
    expect: 'pass',
    given: apiServer({ 'service-account-key-file': ['/a.pub', '/b.pub'] }),
    says: '/a.pub, /b.pub',
  },
  { name: 'no file', expect: 'fail', given: apiServer({}) },
  {
    name: 'tokens are signed outside',
    expect: 'not-applicable',
    given: apiServer({ 'service-account-signing-endpoint': '/run/signer.sock' }),
    says: 'signer.sock',
  },
  {
    name: 'the process tells, in brackets',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'service-account-key-file': '[/a.pub]', 'service-account-signing-endpoint': '' }) }),
  },
]);
