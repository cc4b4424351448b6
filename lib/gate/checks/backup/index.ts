import type { AnyGateCheck } from '../../check.ts';

export const backupChecks: readonly AnyGateCheck[] = [];
