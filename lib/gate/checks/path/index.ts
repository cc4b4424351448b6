import type { AnyGateCheck } from '../../check.ts';
import { minorStep } from './minor-step.check.ts';
import { noDowngrade } from './no-downgrade.check.ts';
import { patchLatest } from './patch-latest.check.ts';
import { supportedWindow } from './supported-window.check.ts';

export const pathChecks: readonly AnyGateCheck[] = [minorStep, noDowngrade, supportedWindow, patchLatest];
