import { strongSuites, weakGoDefaults } from '../../core/tls-suites.ts';
import type { KubernetesVersion } from '../../core/version.ts';

/** First Kubernetes 1.x minor built with Go 1.22, which stopped offering suites without forward secrecy. */
const forwardSecrecyMinor = 30;
const withoutForwardSecrecy: readonly string[] = [
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
];

/** The weak ones among the suites of a component that nobody chose any for. */
export const goDefaultSuites = (version: KubernetesVersion | undefined): readonly string[] =>
  version !== undefined && version.minor < forwardSecrecyMinor ? [...weakGoDefaults, ...withoutForwardSecrecy] : weakGoDefaults;

/** What was chosen, and what of it is weak; `undefined` when nobody chose. TLS 1.3 alone has strong suites only, whatever list is given. */
export const chosenSuites = (minVersion: string, suites: readonly string[]): { readonly weak: readonly string[] } | undefined => {
  if (minVersion === 'VersionTLS13') return { weak: [] };
  return suites.length === 0 ? undefined : { weak: suites.filter((suite) => !strongSuites.includes(suite)) };
};
