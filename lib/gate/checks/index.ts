import type { AnyGateCheck } from '../check.ts';
import { addonChecks } from './addon/index.ts';
import { apiChecks } from './api/index.ts';
import { backupChecks } from './backup/index.ts';
import { breakChecks } from './break/index.ts';
import { certificateChecks } from './certificate/index.ts';
import { drainChecks } from './drain/index.ts';
import { healthChecks } from './health/index.ts';
import { overrideChecks } from './override/index.ts';
import { pathChecks } from './path/index.ts';
import { skewChecks } from './skew/index.ts';
import { webhookChecks } from './webhook/index.ts';

/** Every check over live facts, in the order reports show them. */
export const gateChecks: readonly AnyGateCheck[] = [
  ...pathChecks,
  ...skewChecks,
  ...apiChecks,
  ...breakChecks,
  ...addonChecks,
  ...healthChecks,
  ...drainChecks,
  ...webhookChecks,
  ...certificateChecks,
  ...backupChecks,
  ...overrideChecks,
];
