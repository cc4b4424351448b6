import type { AnyGateCheck } from '../../check.ts';

export const overrideChecks: readonly AnyGateCheck[] = [];
