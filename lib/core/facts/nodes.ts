import type { Slice } from './slice.ts';

export type NodeRole = 'control-plane' | 'worker';

/** A node as the API lists it, reduced to what checks and reports use. */
export interface NodeFact {
  readonly name: string;
  readonly role: NodeRole;
  readonly ready: boolean;
  /** Whether it is in maintenance: nothing new is placed on it. Absent when it is not, and in facts that were stored by older versions. */
  readonly cordoned?: boolean;
  readonly kubeletVersion: string;
  readonly osImage: string;
  readonly operatingSystem: string;
  readonly containerRuntime: string;
  /** InternalIP addresses, in the order the node reports them. */
  readonly addresses: readonly string[];
  /** `status.daemonEndpoints.kubeletEndpoint.Port`. */
  readonly kubeletPort: number;
}

/** Fields of KubeletConfiguration (kubelet.config.k8s.io/v1beta1) that checks read. Zero values are left out by the kubelet. */
export interface KubeletConfig {
  readonly authentication?:
    | {
        readonly anonymous?: { readonly enabled?: boolean | undefined } | undefined;
        readonly webhook?: { readonly enabled?: boolean | undefined } | undefined;
        readonly x509?: { readonly clientCAFile?: string | undefined } | undefined;
      }
    | undefined;
  readonly authorization?: { readonly mode?: string | undefined } | undefined;
  readonly readOnlyPort?: number | undefined;
  readonly streamingConnectionIdleTimeout?: string | undefined;
  readonly makeIPTablesUtilChains?: boolean | undefined;
  readonly eventRecordQPS?: number | undefined;
  readonly tlsCertFile?: string | undefined;
  readonly tlsPrivateKeyFile?: string | undefined;
  readonly tlsCipherSuites?: readonly string[] | undefined;
  readonly tlsMinVersion?: string | undefined;
  readonly rotateCertificates?: boolean | undefined;
  readonly serverTLSBootstrap?: boolean | undefined;
  readonly featureGates?: Readonly<Record<string, boolean>> | undefined;
  readonly podPidsLimit?: number | undefined;
  readonly seccompDefault?: boolean | undefined;
  readonly staticPodPath?: string | undefined;
}

/** The certificate a TLS server showed. Names only; nothing private exists in it. */
export interface CertificateFact {
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** ISO 8601. */
  readonly notAfter: string;
}

/** What is known of one kubelet, and how well. */
export interface KubeletFact {
  readonly node: string;
  readonly role: NodeRole;
  /**
   * `configz`: asked the kubelet itself, what it runs with. `api-server-proxy`: the same through the API server (opt-in).
   * `config-map`: what kubeadm wants, not what runs; alone it can prove a `fail` but never a `pass`. `none`: nothing.
   */
  readonly source: 'configz' | 'api-server-proxy' | 'config-map' | 'none';
  readonly confidence: 'high' | 'low' | 'none';
  /** Settings, from the best source; absent for `none`. */
  readonly config?: KubeletConfig;
  /** Why no better source answered: the missing route or right, as a sentence. */
  readonly reason?: string;
  /** The kubelet's flags from `/flagz` (Kubernetes 1.36 and later); flags are overridden by the configuration file. */
  readonly flags?: Readonly<Record<string, string>>;
  /** The serving certificate seen on port 10250. */
  readonly certificate?: CertificateFact;
}

/** A file or folder on a node. `mode` holds the permission bits only (0o600 = 384). Symbolic links are followed: it is what the path leads to. */
export interface FileFact {
  /** As it was looked for; characters that do not print are written as `\xNN`. */
  readonly path: string;
  /** Where the path leads, when a symbolic link is on the way. */
  readonly target?: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names from the node's own /etc/passwd and /etc/group; the number as text where there is no name. */
  readonly user: string;
  readonly group: string;
}

export type NodeLayout = 'kubeadm' | 'rke2' | 'k3s' | 'microk8s' | 'talos' | 'bottlerocket' | 'unknown';

/** What the short-lived pod saw on one node, or why it saw nothing. */
export type NodeFilesFact = { readonly node: string; readonly role: NodeRole } & (
  | {
      readonly read: true;
      readonly layout: NodeLayout;
      /** Everything looked at that exists, by path. A path that was looked for and is not here does not exist. */
      readonly files: Readonly<Record<string, FileFact>>;
      /** Paths that were looked for, whether or not they exist; folders stand for what lies in them. */
      readonly looked: readonly string[];
      /** Paths that could not be read, with the reason. */
      readonly unreadable: Readonly<Record<string, string>>;
      /**
       * Command lines of the components found running, without the program itself, by program name. Only values that are paths, numbers, truth values or of flags known
       * to be harmless were kept; the others read `(removed)`.
       */
      readonly argv: Readonly<Record<string, readonly string[]>>;
      /** Whether each program of `argv` is a process of the node, in a static pod, or in another pod (only kube-proxy is looked for there). */
      readonly runsIn: Readonly<Record<string, 'host' | 'static-pod' | 'pod'>>;
      /** Fields of the kubelet's configuration file that name paths: `clientCAFile`, `staticPodPath`. */
      readonly kubeletSettings: Readonly<Record<string, string>>;
      /** Text of the few files whose content a control asks for (encryption configuration, audit policy, structured authentication and authorisation, authorities that etcd and the API server trust), secrets removed. */
      readonly documents: Readonly<Record<string, string>>;
    }
  | { readonly read: false; readonly reason: string }
);

export interface NodeSlices {
  readonly nodes: Slice<readonly NodeFact[]>;
  readonly kubelets: Slice<readonly KubeletFact[]>;
  readonly nodeFiles: Slice<readonly NodeFilesFact[]>;
}
