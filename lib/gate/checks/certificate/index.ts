import type { AnyGateCheck } from '../../check.ts';

export const certificateChecks: readonly AnyGateCheck[] = [];
