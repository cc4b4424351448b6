import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { serviceAccountTokenExtension } from './service-account-token-extension.check.ts';

export const cases = casesFor(serviceAccountTokenExtension, [
  {
    name: 'true',
    expect: 'fail',
    given: apiServer({ 'service-account-extend-token-expiration': 'true' }),
    says: '--service-account-extend-token-expiration=true',
  },
  {
    name: 'false',
    expect: 'pass',
    given: apiServer({ 'service-account-extend-token-expiration': 'false' }),
    says: '--service-account-extend-token-expiration=false',
  },
  { name: 'as Go also writes it', expect: 'pass', given: apiServer({ 'service-account-extend-token-expiration': 'F' }) },
  { name: 'not set: the default counts', expect: 'fail', given: apiServer({}), says: 'default true' },
  {
    name: 'given twice: the last one counts',
    expect: 'pass',
    given: apiServer({ 'service-account-extend-token-expiration': ['true', 'false'] }),
  },
  {
    name: 'a value that makes no sense',
    expect: 'unknown',
    given: apiServer({ 'service-account-extend-token-expiration': 'maybe' }),
    says: 'cannot be read',
  },
]);
