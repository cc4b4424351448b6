import type { AnyGateCheck } from '../../check.ts';

export const webhookChecks: readonly AnyGateCheck[] = [];
