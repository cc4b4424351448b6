import { z } from 'zod';
import { OverrideId, OverrideRecord, overrideStates } from '../../fleet/override-record.ts';
import { InProject, listOf, PageQuery, pageOf } from './shared.ts';

export { OverrideRecord, OverrideRequest } from '../../fleet/override-record.ts';
export { InProject } from './shared.ts';
export { Decision } from './waivers.ts';

export const OfOverride = InProject.extend({ overrideId: OverrideId });
export const OverridesQuery = PageQuery.extend({ state: listOf(z.enum(overrideStates)).describe('Only these states.') });
export const OverridePage = pageOf(OverrideRecord, 'overrides');
