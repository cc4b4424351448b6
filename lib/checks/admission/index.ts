import type { AnyCheck } from '../check.ts';
import { imageProvenance } from './image-provenance.check.ts';

/** What is checked before something runs. */
export const admissionChecks: readonly AnyCheck[] = [imageProvenance];
