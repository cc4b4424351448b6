import type { Result } from '../core/failure.ts';
import type { ClusterAccess, KubeletAccess, TlsProbe } from './cluster-access.ts';
import type { Probing } from './probing.ts';

/** Ports to one cluster that somebody else registered. */
export interface ConnectedCluster {
  readonly access: ClusterAccess;
  readonly kubelets: KubeletAccess;
  readonly tls: TlsProbe;
  /** For kinds that look over the network, within the same allow-list. */
  readonly probing?: Probing | undefined;
  close(): void;
}

/** What can be said of a kubeconfig without asking the cluster. */
export interface KubeconfigSummary {
  /** API server, e.g. `https://10.0.0.1:6443`. */
  readonly server: string;
  /** Name of the cluster in the kubeconfig. */
  readonly clusterName: string;
  /** `client certificate` or `token`. */
  readonly credential: string;
  /** ISO time at which the credential stops working; absent when it does not say. */
  readonly credentialExpires?: string;
}

/**
 * Reaches clusters by stored kubeconfigs, which are untrusted input: inline CA with an inline token or client certificate only; `exec`, `auth-provider`, file paths, `insecure-skip-tls-verify`,
 * proxies and addresses outside the allow-list are the failure `kubeconfig-invalid` with a sentence that says what to do.
 */
export interface ClusterConnector {
  /** Validates without sending anything to the cluster; host names are resolved, because every address must be allowed. */
  examine(kubeconfig: string): Promise<Result<KubeconfigSummary>>;
  /** Makes the ports. Connections go only to allowed addresses, also when a name resolves anew. `signal` ends every request. */
  connect(kubeconfig: string, signal: AbortSignal): Promise<Result<ConnectedCluster>>;
}
