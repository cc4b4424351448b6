import type { AnyGateCheck } from '../../check.ts';
import { caExpiry } from './ca-expiry.check.ts';
import { exemptsSystem } from './exempts-system.check.ts';
import { matchesSystem } from './matches-system.check.ts';
import { noEndpoints } from './no-endpoints.check.ts';
import { singleReplica } from './single-replica.check.ts';
import { timeout } from './timeout.check.ts';

export const webhookChecks: readonly AnyGateCheck[] = [noEndpoints, matchesSystem, exemptsSystem, caExpiry, timeout, singleReplica];
