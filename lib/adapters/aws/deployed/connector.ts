import { parseAllowList } from '../../../fleet/allow-list.ts';
import type { ClusterConnector } from '../../../ports/cluster-connector.ts';
import { createClusterConnector } from '../../kubernetes/untrusted/connector.ts';

/** Reaches clusters in the networks that were named at deployment, and nothing else. */
export const openConnector = (networks: readonly string[], version: string): ClusterConnector => {
  const allow = parseAllowList({ allow: networks });
  if (!allow.ok) throw new Error(allow.failure.say);
  return createClusterConnector({ allow: allow.value, version });
};
