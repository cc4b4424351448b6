import { running } from '../../../test/support/control-plane.ts';
import { casesFor } from '../check.ts';
import { useServiceAccountCredentials } from './use-service-account-credentials.check.ts';

const given = running('kube-controller-manager');

export const cases = casesFor(useServiceAccountCredentials, [
  {
    name: 'true',
    expect: 'pass',
    given: given({ 'use-service-account-credentials': 'true' }),
    says: '--use-service-account-credentials=true',
  },
  {
    name: 'false',
    expect: 'fail',
    given: given({ 'use-service-account-credentials': 'false' }),
    says: '--use-service-account-credentials=false',
  },
  { name: 'as Go also writes it', expect: 'fail', given: given({ 'use-service-account-credentials': 'F' }) },
  { name: 'not set: the default counts', expect: 'fail', given: given({}), says: 'default false' },
  { name: 'given twice: the last one counts', expect: 'pass', given: given({ 'use-service-account-credentials': ['false', 'true'] }) },
  {
    name: 'a value that makes no sense',
    expect: 'unknown',
    given: given({ 'use-service-account-credentials': 'maybe' }),
    says: 'cannot be read',
  },
]);
