import type { AnyGateCheck } from '../../check.ts';

export const skewChecks: readonly AnyGateCheck[] = [];
