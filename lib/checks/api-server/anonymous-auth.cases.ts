import { apiServer, controlPlane, flagz } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { anonymousAuth } from './anonymous-auth.check.ts';

export const cases = casesFor(anonymousAuth, [
  { name: 'off', expect: 'pass', given: apiServer({ 'anonymous-auth': 'false' }) },
  { name: 'on', expect: 'fail', given: apiServer({ 'anonymous-auth': 'true' }) },
  { name: 'not set, on by default', expect: 'fail', given: apiServer({}), says: 'default true' },
  {
    name: 'decided in a file',
    expect: 'manual',
    given: apiServer({ 'authentication-config': '/etc/kubernetes/authn.yaml' }),
    says: 'authn.yaml',
  },
  {
    name: 'a flag beside the file decides, because the file may not then',
    expect: 'fail',
    given: apiServer({ 'authentication-config': '/etc/kubernetes/authn.yaml', 'anonymous-auth': 'true' }),
  },
  {
    name: 'a flag that turns it off beside a file for tokens',
    expect: 'pass',
    given: apiServer({ 'authentication-config': '/etc/kubernetes/authn.yaml', 'anonymous-auth': 'false' }),
  },
  {
    name: 'the process cannot tell a default from a choice when there is a file',
    expect: 'manual',
    given: controlPlane([], { apiServerFlagz: flagz({ 'authentication-config': '/etc/kubernetes/authn.yaml', 'anonymous-auth': 'true' }) }),
  },
  {
    name: 'the process has it off',
    expect: 'pass',
    given: controlPlane([], { apiServerFlagz: flagz({ 'authentication-config': '', 'anonymous-auth': 'false' }) }),
  },
]);
