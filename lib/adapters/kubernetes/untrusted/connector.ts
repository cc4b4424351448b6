import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ClusterConnector, KubeconfigSummary } from '../../../ports/cluster-connector.ts';
import {
  type AddressAllowList,
  type AddressGuard,
  AddressNotAllowed,
  createAddressGuard,
  type Resolve,
} from '../../network/address-guard.ts';
import { createProbing } from '../../probing/probing.ts';
import type { Connection } from '../connection.ts';
import { connectTo } from '../index.ts';
import { connectionOf } from '../kubeconfig/load.ts';
import { socketHost } from '../transport.ts';
import { expiryOf } from './expiry.ts';
import { readUntrusted } from './read.ts';
import { checkRules } from './rules.ts';

export interface ConnectorOptions {
  /** Where clusters may be. */
  readonly allow: AddressAllowList;
  /** Lets the list allow loopback addresses, too: for a server that runs on one machine with its clusters. */
  readonly isLoopbackAllowed?: boolean | undefined;
  /** Version of Gatehouse, for the user agent. */
  readonly version: string;
  /** How names become addresses; the operating system's way unless given. */
  readonly resolve?: Resolve | undefined;
  /** Milliseconds for one request, and for resolving a name; default 30 000. */
  readonly timeoutMs?: number | undefined;
}

interface Examined {
  readonly connection: Connection;
  readonly summary: KubeconfigSummary;
}

/** ClusterConnector for kubeconfigs that somebody else wrote: they are judged before anything is sent, and every connection again when it is made. */
export const createClusterConnector = (options: ConnectorOptions): ClusterConnector => {
  const { allow, isLoopbackAllowed, resolve, version, timeoutMs = 30_000 } = options;
  const guard = createAddressGuard({ allow, isLoopbackAllowed, resolve });

  const examine = async (kubeconfig: string): Promise<Result<Examined>> => {
    const connection = await readConnection(kubeconfig);
    if (!connection.ok) return connection;
    const summary = await summarise(connection.value);
    if (!summary.ok) return summary;
    const refused = await whyNotThere(connection.value, guard, timeoutMs);
    return refused ?? succeed({ connection: connection.value, summary: summary.value });
  };

  return {
    examine: async (kubeconfig) => {
      const examined = await examine(kubeconfig);
      return examined.ok ? succeed(examined.value.summary) : examined;
    },
    connect: async (kubeconfig, signal) => {
      const examined = await examine(kubeconfig);
      if (!examined.ok) return examined;
      const connected = await connectTo(examined.value.connection, { guard, version, timeoutMs, signal });
      return connected.ok ? succeed({ ...connected.value, probing: createProbing({ version, guard }) }) : connected;
    },
  };
};

/** The connection that a kubeconfig describes. No environment: its proxies are for the user's own kubeconfig. */
const readConnection = async (kubeconfig: string): Promise<Result<Connection>> => {
  const config = readUntrusted(kubeconfig);
  if (!config.ok) return config;
  const selected = checkRules(config.value);
  if (!selected.ok) return selected;
  const connection = await connectionOf(selected.value, {});
  if (!connection.ok || (connection.value.server.search === '' && connection.value.server.hash === '')) return connection;
  return failed(
    'kubeconfig-invalid',
    `The server of cluster ${selected.value.clusterName} has a "?" or "#" in its address; correct it, e.g. https://10.0.0.1:6443.`,
  );
};

const summarise = async ({ server, clusterName, userName, credentials }: Connection): Promise<Result<KubeconfigSummary>> => {
  const credential = await credentials.current();
  if (!credential.ok) return credential;
  const expires = expiryOf(credential.value);
  if (expires !== undefined && Date.parse(expires) <= Date.now())
    return failed(
      'credential-refused',
      `The ${credentials.kind} of user ${userName} expired on ${expires}; get a new one and store the new kubeconfig.`,
    );
  return succeed({
    server: server.href.replace(/\/$/, ''),
    clusterName,
    credential: credentials.kind,
    ...(expires !== undefined && { credentialExpires: expires }),
  });
};

/** The failure when the server is at an address that is not allowed or cannot be found. */
const whyNotThere = async ({ server, clusterName }: Connection, guard: AddressGuard, timeoutMs: number) => {
  const host = socketHost(server);
  const what = `The server of cluster ${clusterName} (${server.host})`;
  const time = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => time.addEventListener('abort', () => reject(time.reason), { once: true }));
  try {
    await Promise.race([guard.addressesOf(host), late]);
    return undefined;
  } catch (error) {
    return error instanceof AddressNotAllowed
      ? failed(
          'kubeconfig-invalid',
          `${what} is not contacted because ${error.message}; correct the address, or ask whoever runs Gatehouse to allow it.`,
        )
      : failed(
          'cluster-unreachable',
          `${what} has a name that cannot be resolved from here; check the name and the DNS server, or use an IP address.`,
        );
  }
};
