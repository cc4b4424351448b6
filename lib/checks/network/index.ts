import type { AnyCheck } from '../check.ts';
import { cniEnforcesPolicy } from './cni-enforces-policy.check.ts';
import { namespacePolicies } from './namespace-policies.check.ts';

/** What pods can reach, in the order of the catalogue. */
export const networkChecks: readonly AnyCheck[] = [cniEnforcesPolicy, namespacePolicies];
