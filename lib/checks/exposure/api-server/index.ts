import type { Probe } from '../probe.ts';
import { anonymousApi } from './anonymous-api.probe.ts';
import { anonymousCreation } from './anonymous-creation.probe.ts';
import { anonymousLists } from './anonymous-lists.probe.ts';
import { anonymousRights } from './anonymous-rights.probe.ts';
import { bootstrapTokens } from './bootstrap-tokens.probe.ts';
import { clientAuthorities } from './client-authorities.probe.ts';
import { debugPages } from './debug-pages.probe.ts';
import { discovery } from './discovery.probe.ts';
import { givenTokenCreation } from './given-token-creation.probe.ts';
import { givenTokenLists } from './given-token-lists.probe.ts';
import { healthDetails } from './health-details.probe.ts';
import { konnectivity } from './konnectivity.probe.ts';
import { metrics } from './metrics.probe.ts';
import { openProxy } from './open-proxy.probe.ts';
import { openid } from './openid.probe.ts';
import { plainHttp } from './plain-http.probe.ts';
import { publicAddress } from './public-address.probe.ts';
import { version } from './version.probe.ts';

export const apiServerProbes: readonly Probe[] = [
  version,
  anonymousApi,
  anonymousRights,
  anonymousLists,
  anonymousCreation,
  givenTokenLists,
  givenTokenCreation,
  plainHttp,
  openProxy,
  discovery,
  healthDetails,
  metrics,
  debugPages,
  bootstrapTokens,
  openid,
  clientAuthorities,
  konnectivity,
  publicAddress,
];
