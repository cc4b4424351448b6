import type { AnyGateCheck } from '../../check.ts';
import { recent } from './recent.check.ts';

export const backupChecks: readonly AnyGateCheck[] = [recent];
