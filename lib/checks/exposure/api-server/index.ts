import type { Probe } from '../probe.ts';
import { anonymousApi } from './anonymous-api.probe.ts';
import { anonymousLists } from './anonymous-lists.probe.ts';
import { debugPages } from './debug-pages.probe.ts';
import { discovery } from './discovery.probe.ts';
import { healthDetails } from './health-details.probe.ts';
import { metrics } from './metrics.probe.ts';
import { openid } from './openid.probe.ts';

export const apiServerProbes: readonly Probe[] = [anonymousApi, anonymousLists, debugPages, discovery, healthDetails, metrics, openid];
