import { type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess, KubeletAccess, TlsProbe } from '../../ports/cluster-access.ts';
import { createClient } from './client.ts';
import type { Connection, ConnectionDescription, Environment } from './connection.ts';
import { loadConnection } from './kubeconfig/load.ts';
import { createKubeletAccess } from './kubelet.ts';
import { createKubeletProxyAccess } from './kubelet-proxy.ts';
import { defaultKubeletReader, type KubeletReader, kubeletTokens } from './kubelet-token.ts';
import { noProxy, proxyRoutes } from './proxy.ts';
import { createRequester, type RequesterOptions } from './requester.ts';
import { createTlsProbe } from './tls-probe.ts';
import { authoritiesFor } from './trust.ts';

export type { ConnectionDescription } from './connection.ts';
export { defaultKubeletReader, type KubeletReader } from './kubelet-token.ts';

/** How to find the cluster, and how hard it may be asked. */
export interface ConnectOptions extends RequesterOptions {
  /** `--kubeconfig`: this file and no other. */
  readonly kubeconfig?: string | undefined;
  /** `--context`: instead of the current one. */
  readonly context?: string | undefined;
  /** Environment to read KUBECONFIG, HOME, HTTPS_PROXY and the like from; the process's own unless given. */
  readonly env?: Environment;
  /** How kubelets are asked: straight, or through the API server with the right nodes/proxy (only if the user says so). */
  readonly kubelets?: 'direct' | 'api-server-proxy';
  /** The account whose token may be shown to kubelets. */
  readonly kubeletReader?: KubeletReader;
}

/** The ports to one cluster. */
export interface ClusterConnection {
  readonly access: ClusterAccess;
  readonly kubelets: KubeletAccess;
  readonly tls: TlsProbe;
  /** How the API server proves who it is: PEM certificates its own must lead to, none for Node's own. `undefined` where the user lets it prove nothing. */
  readonly serverTrust: { readonly authorities: string | readonly string[] | undefined } | undefined;
  /** What may be shown of the connection. */
  readonly description: ConnectionDescription;
  /** Closes every connection. */
  close(): void;
}

/** Finds the user's kubeconfig and makes the ports to its cluster. Reads files and runs a credential plugin, but sends nothing to the cluster yet. */
export const connect = async (options: ConnectOptions = {}): Promise<Result<ClusterConnection>> => {
  const loaded = await loadConnection({ kubeconfig: options.kubeconfig, context: options.context, env: options.env ?? process.env });
  return loaded.ok ? connectTo(loaded.value, options) : loaded;
};

/** Makes the ports for a connection that is already known. */
export const connectTo = async (connection: Connection, options: ConnectOptions = {}): Promise<Result<ClusterConnection>> => {
  const credential = await connection.credentials.current();
  if (!credential.ok) return credential;
  const { guard } = options;
  // A proxy resolves names itself and connects where it pleases: nobody could guard that.
  const routes = guard ? noProxy : proxyRoutes(connection, options.connections ?? 8);
  const toServer = await routes.to(connection.server);
  const requester = createRequester(connection, options, toServer);
  const { authorization, certificate } = credential.value;
  const access = createClient(requester, {
    server: connection.server.href.replace(/\/$/, ''),
    clusterName: connection.clusterName,
    usesToken: authorization !== undefined,
  });
  // A kubelet knows nothing of impersonation: shown the certificate, it would answer the user and not whom the user acts as.
  const actsAsOther = Object.keys(connection.impersonation).length > 0;
  const kubelets =
    options.kubelets === 'api-server-proxy'
      ? createKubeletProxyAccess(access)
      : createKubeletAccess({
          certificate: actsAsOther ? undefined : certificate,
          token: kubeletTokens(access, options.kubeletReader ?? defaultKubeletReader),
          clusterAuthority: connection.trust.ca,
          routes,
          version: options.version,
          guard,
          signal: options.signal,
        });
  return succeed({
    access,
    kubelets,
    tls: createTlsProbe({ clusterAuthority: connection.trust.ca, routes, guard, signal: options.signal }),
    serverTrust:
      connection.trust.skipVerification || connection.server.protocol !== 'https:'
        ? undefined
        : { authorities: authoritiesFor(connection) },
    description: describe(connection, toServer?.shown),
    close: () => {
      access.close();
      kubelets.close();
      routes.close();
    },
  });
};

const describe = (connection: Connection, proxy: string | undefined): ConnectionDescription => {
  const as = connection.impersonation['Impersonate-User'];
  return {
    server: connection.server.href.replace(/\/$/, ''),
    clusterName: connection.clusterName,
    context: connection.contextName,
    user: connection.userName,
    credential: connection.credentials.kind,
    ...(typeof as === 'string' && { impersonates: as }),
    ...(proxy !== undefined && { proxy }),
  };
};
