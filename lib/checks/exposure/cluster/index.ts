import type { AnyStatement } from '../statement.ts';
import { aggregatedApis } from './aggregated-apis.statement.ts';
import { endlessTokens } from './endless-tokens.statement.ts';
import { externalIps } from './external-ips.statement.ts';
import { externalIpsAllowed } from './external-ips-allowed.statement.ts';
import { mountedTokens } from './mounted-tokens.statement.ts';
import { nodeCredentials } from './node-credentials.statement.ts';
import { nodeLogs } from './node-logs.statement.ts';
import { ownNodeRights } from './own-node-rights.statement.ts';
import { privileged } from './privileged.statement.ts';
import { publishedHostNetwork } from './published-host-network.statement.ts';
import { publishedPrivileged } from './published-privileged.statement.ts';
import { publishedSystem } from './published-system.statement.ts';
import { rawSockets } from './raw-sockets.statement.ts';
import { tokenRights } from './token-rights.statement.ts';

export const clusterStatements: readonly AnyStatement[] = [
  tokenRights,
  ownNodeRights,
  mountedTokens,
  privileged,
  nodeLogs,
  nodeCredentials,
  rawSockets,
  externalIps,
  externalIpsAllowed,
  publishedSystem,
  publishedHostNetwork,
  publishedPrivileged,
  endlessTokens,
  aggregatedApis,
];
