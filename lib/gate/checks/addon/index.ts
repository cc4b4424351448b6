import type { AnyGateCheck } from '../../check.ts';

export const addonChecks: readonly AnyGateCheck[] = [];
