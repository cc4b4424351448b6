import type { AnyGateCheck } from '../../check.ts';

export const drainChecks: readonly AnyGateCheck[] = [];
