import { gateCasesFor } from '../../check.ts';
import { exampleCertificate, exampleWebhook } from '../../shared/examples.ts';
import { caExpiry } from './ca-expiry.check.ts';

const until = (...ends: readonly string[]) => ({ webhooks: [exampleWebhook({ authorities: ends.map(exampleCertificate) })] });

export const cases = gateCasesFor(caExpiry, [
  { name: 'years', given: until('2030-01-01T00:00:00Z'), expect: 'pass' },
  { name: 'a week', given: until('2026-11-30T12:00:00Z'), expect: 'fail', says: 'expires on 2026-11-30, in 7 days' },
  { name: 'over', given: until('2026-11-20T12:00:00Z'), expect: 'fail', says: 'expired on 2026-11-20' },
  { name: 'an old one beside a new one', given: until('2026-11-20T12:00:00Z', '2030-01-01T00:00:00Z'), expect: 'pass' },
  { name: 'the authorities of the system', given: until(), expect: 'pass' },
]);
