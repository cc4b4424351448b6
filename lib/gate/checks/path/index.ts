import type { AnyGateCheck } from '../../check.ts';
import { minorStep } from './minor-step.check.ts';

export const pathChecks: readonly AnyGateCheck[] = [minorStep];
