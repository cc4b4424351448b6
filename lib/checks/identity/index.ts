import type { AnyCheck } from '../check.ts';
import { bootstrapTokensForPeople } from './bootstrap-tokens-for-people.check.ts';
import { clientCertificatesForPeople } from './client-certificates-for-people.check.ts';
import { serviceAccountTokensForPeople } from './service-account-tokens-for-people.check.ts';

/** How people log in, in the order of the catalogue. */
export const identityChecks: readonly AnyCheck[] = [clientCertificatesForPeople, serviceAccountTokensForPeople, bootstrapTokensForPeople];
