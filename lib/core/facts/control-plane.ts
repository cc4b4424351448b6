import type { CertificateFact } from './nodes.ts';
import type { Slice } from './slice.ts';

export const componentNames = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const;
export type ComponentName = (typeof componentNames)[number];

/** One running control-plane component, as its mirror pod in kube-system declares it. */
export interface ComponentFact {
  readonly component: ComponentName;
  readonly node: string;
  /** Name of the mirror pod, e.g. `kube-apiserver-cp1`. */
  readonly pod: string;
  readonly image: string;
  /** Flags from command and args, without dashes. A flag that is given more than once keeps every value, in order. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  /** Literal environment values named `ETCD_*`; others are not kept. */
  readonly env: Readonly<Record<string, string>>;
  /** Why flags and environment could not be read, as a sentence (a shell starts the program); both are empty then. */
  readonly unreadable?: string;
}

/** The API server's own word on its flags (`/flagz`, on by default from Kubernetes 1.36): defaults filled in. */
export interface FlagzFact {
  /** Node of the instance that answered, when its advertise address is a node's; the scan speaks to one instance only. */
  readonly node?: string;
  readonly flags: Readonly<Record<string, string>>;
}

/** What a TLS server was seen to accept. */
export interface TlsFact {
  /** `address:port` of the server asked. */
  readonly endpoint: string;
  readonly certificate?: CertificateFact;
  /** IANA names of cipher suites below the benchmark's list that were accepted in a real handshake. */
  readonly weakSuitesAccepted: readonly string[];
  /** IANA names of cipher suites that were offered one by one. */
  readonly suitesOffered: readonly string[];
}

/** kube-proxy as its ConfigMap and DaemonSet declare it. */
export interface KubeProxyFact {
  /** Whether a kube-proxy DaemonSet is there at all; without one something else (Cilium, Antrea) does its work. */
  readonly present: boolean;
  /** `metricsBindAddress` of `config.conf` in ConfigMap kube-system/kube-proxy; empty means the default, loopback. */
  readonly metricsBindAddress?: string;
  /** Flags of the DaemonSet's container, or of a static pod. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
  /** Name of one of its static pods, where it runs as such and not as a DaemonSet. */
  readonly staticPod?: string;
}

export interface ControlPlaneSlices {
  /** All mirror pods of the four components. One that cannot be read says so; a component without an instance here has no mirror pod: that is never a `fail`. */
  readonly components: Slice<readonly ComponentFact[]>;
  readonly apiServerFlagz: Slice<FlagzFact>;
  readonly apiServerTls: Slice<TlsFact>;
  readonly kubeProxy: Slice<KubeProxyFact>;
}
