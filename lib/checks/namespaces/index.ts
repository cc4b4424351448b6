import type { AnyCheck } from '../check.ts';
import { boundaries } from './boundaries.check.ts';
import { defaultUnused } from './default-unused.check.ts';

/** How namespaces are used, in the order of the catalogue. */
export const namespacesChecks: readonly AnyCheck[] = [boundaries, defaultUnused];
