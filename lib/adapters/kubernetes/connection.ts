import type { Result } from '../../core/failure.ts';

/** PEM texts of a client certificate (with its chain, if any) and its private key. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** What proves who is asking, for one request. Never leaves this folder: not in logs, failures or recordings. */
export interface Credential {
  /** Value of the Authorization header. */
  readonly authorization?: string;
  readonly certificate?: ClientCertificate;
}

/** Where credentials come from. Files and plugins can give another one later. */
export interface CredentialSource {
  /** What kind it is, in words for people, e.g. `client certificate`. */
  readonly kind: string;
  /** The credential as it is now. */
  current(): Promise<Result<Credential>>;
  /** Another one after the API server refused this one; absent when there never is another. */
  readonly renew?: (refused: Credential) => Promise<Result<Credential>>;
}

/** Everything needed to speak to one cluster, from a kubeconfig or from the ServiceAccount of the pod we run in. */
export interface Connection {
  /** Base URL; its path is a prefix of every request's. */
  readonly server: URL;
  readonly clusterName: string;
  readonly contextName: string;
  readonly userName: string;
  readonly trust: {
    /** PEM certificates to trust instead of the system's. */
    readonly ca?: string;
    /** insecure-skip-tls-verify. */
    readonly skipVerification: boolean;
    /** tls-server-name: the name the certificate must carry, and the SNI sent. */
    readonly serverName?: string;
  };
  readonly credentials: CredentialSource;
  /** Impersonate-* headers; empty when nobody is impersonated. */
  readonly impersonation: Readonly<Record<string, string | string[]>>;
  /** proxy-url of the kubeconfig; without it the environment decides per address. */
  readonly proxy?: URL;
  /** Environment for HTTPS_PROXY and NO_PROXY. */
  readonly env: Environment;
}

/** Environment variables, passed in so that tests need not change the real ones. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What may be shown of a connection: no secret is in it. */
export interface ConnectionDescription {
  readonly server: string;
  readonly clusterName: string;
  readonly context: string;
  readonly user: string;
  readonly credential: string;
  /** Whom the user acts as, if anyone. */
  readonly impersonates?: string;
  /** The proxy used for the API server, without its credentials. */
  readonly proxy?: string;
}
