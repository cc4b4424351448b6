import { apiServer } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { serviceAccountLookup } from './service-account-lookup.check.ts';

export const cases = casesFor(serviceAccountLookup, [
  { name: 'true', expect: 'pass', given: apiServer({ 'service-account-lookup': 'true' }), says: '--service-account-lookup=true' },
  { name: 'false', expect: 'fail', given: apiServer({ 'service-account-lookup': 'false' }), says: '--service-account-lookup=false' },
  { name: 'as Go also writes it', expect: 'fail', given: apiServer({ 'service-account-lookup': 'F' }) },
  { name: 'not set: the default counts', expect: 'pass', given: apiServer({}), says: 'default true' },
  { name: 'given twice: the last one counts', expect: 'pass', given: apiServer({ 'service-account-lookup': ['false', 'true'] }) },
  {
    name: 'a value that makes no sense',
    expect: 'unknown',
    given: apiServer({ 'service-account-lookup': 'maybe' }),
    says: 'cannot be read',
  },
]);
