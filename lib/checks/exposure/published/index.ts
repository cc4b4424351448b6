import type { Probe } from '../probe.ts';
import { defaultPage } from './default-page.probe.ts';
import { hsts } from './hsts.probe.ts';
import { plainHttp } from './plain-http.probe.ts';
import { serverVersion } from './server-version.probe.ts';

export const publishedProbes: readonly Probe[] = [plainHttp, hsts, defaultPage, serverVersion];
