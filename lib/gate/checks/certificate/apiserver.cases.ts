import { gateCasesFor } from '../../check.ts';
import { exampleCertificate } from '../../shared/examples.ts';
import { apiserver } from './apiserver.check.ts';

export const cases = gateCasesFor(apiserver, [
  { name: 'a year', given: { certificate: exampleCertificate('2027-11-20T00:00:00Z') }, expect: 'pass' },
  {
    name: 'a day',
    given: { certificate: exampleCertificate('2026-11-25T11:00:00Z') },
    expect: 'fail',
    says: 'expires on 2026-11-25, in 1 day',
  },
  { name: 'over', given: { certificate: exampleCertificate('2026-11-22T00:00:00Z') }, expect: 'fail', says: 'expired on 2026-11-22' },
  { name: 'no time', given: { certificate: exampleCertificate('one day') }, expect: 'unknown' },
]);
