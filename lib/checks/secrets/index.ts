import type { AnyCheck } from '../check.ts';
import { environmentVariables } from './environment-variables.check.ts';
import { externalStore } from './external-store.check.ts';

/** How secrets reach pods, in the order of the catalogue. */
export const secretsChecks: readonly AnyCheck[] = [environmentVariables, externalStore];
