import { parseAllowList } from '../../../fleet/allow-list.ts';
import type { ClusterConnector } from '../../../ports/cluster-connector.ts';
import { createClusterConnector } from '../../kubernetes/untrusted/connector.ts';

/** Reaches clusters in the networks that were named at deployment, and nothing else. `special` addresses are for servers of the own machine; no deployment names any. */
export const openConnector = (networks: readonly string[], version: string, special: readonly string[] = []): ClusterConnector => {
  const allow = parseAllowList({ allow: networks, allowSpecial: special });
  if (!allow.ok) throw new Error(allow.failure.say);
  return createClusterConnector({ allow: allow.value, version, isLoopbackAllowed: special.length > 0 });
};
