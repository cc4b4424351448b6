import type { AnyGateCheck } from '../../check.ts';

export const apiChecks: readonly AnyGateCheck[] = [];
