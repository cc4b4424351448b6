import type { AnyGateCheck } from '../../check.ts';

export const healthChecks: readonly AnyGateCheck[] = [];
