import type { AnyCheck } from './check.ts';
import { filesChecks } from './files/index.ts';

/** Every check there is, in the order of the catalogue. */
export const checks: readonly AnyCheck[] = [...filesChecks];
