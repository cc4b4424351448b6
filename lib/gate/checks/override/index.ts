import type { AnyGateCheck } from '../../check.ts';
import { paused } from './paused.check.ts';
import { serveRemovedApis } from './serve-removed-apis.check.ts';
import { skipPreflight } from './skip-preflight.check.ts';
import { unsafeAnnotation } from './unsafe-annotation.check.ts';

export const overrideChecks: readonly AnyGateCheck[] = [unsafeAnnotation, skipPreflight, paused, serveRemovedApis];
