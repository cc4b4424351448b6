import type { AnyCheck } from '../check.ts';
import { bindAddress } from './bind-address.check.ts';
import { profiling } from './profiling.check.ts';

/** Checks of this folder, in the order of the catalogue. */
export const schedulerChecks: readonly AnyCheck[] = [profiling, bindAddress];
