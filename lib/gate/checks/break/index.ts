import type { AnyGateCheck } from '../../check.ts';

export const breakChecks: readonly AnyGateCheck[] = [];
