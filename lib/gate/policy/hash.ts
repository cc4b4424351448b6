import { createHash } from 'node:crypto';
import { canonicalBytes } from '../../reports/evidence/canonical.ts';
import type { GatePolicy } from './policy.ts';

/** SHA-256, hex, of the one way to write a value as JSON: neither comments nor the order of fields nor YAML or JSON count. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalBytes(value)).digest('hex');

/** SHA-256 of a policy document, with its defaults written out. */
export const policyHash = (policy: GatePolicy): string => hashOf(policy);
