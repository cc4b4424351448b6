import type { ClusterIdentity, NodeRole, RbacFact, ServiceAccountFact, Slice, WorkloadFact } from '../facts/index.ts';
import type { Vantage } from '../finding.ts';
import type { Door } from './door.ts';
import type { Sight } from './sight.ts';

/** A node as probes need it: every address it has, and the versions that run on it. */
export interface NodeView {
  readonly uid: string;
  readonly name: string;
  readonly role: NodeRole;
  readonly ready: boolean;
  /** InternalIP and ExternalIP addresses, IPv4 and IPv6, each once; host names are left out because nothing is resolved. */
  readonly addresses: readonly string[];
  readonly kubeletPort: number;
  /** `nodeInfo.kubeletVersion`, with its vendor suffix. */
  readonly kubeletVersion: string;
  /** `nodeInfo.kubeProxyVersion`; gone since Kubernetes 1.33. */
  readonly kubeProxyVersion?: string;
  /** `containerd://2.1.4`. */
  readonly containerRuntime: string;
  /** `linux` or `windows`. */
  readonly operatingSystem: string;
  /** What the node says its operating system is, as people write it. */
  readonly osImage: string;
}

export interface ServicePort {
  readonly name?: string;
  readonly appProtocol?: string;
  readonly protocol: string;
  readonly port: number;
  /** Number or name of the port of the pods. */
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

export interface ServiceView {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly clusterIPs: readonly string[];
  readonly externalIPs: readonly string[];
  /** Addresses of `status.loadBalancer.ingress`; names are left out because nothing is resolved. */
  readonly loadBalancerIPs: readonly string[];
  readonly externalTrafficPolicy?: string;
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>>;
}

export interface IngressView {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Names of its rules, wildcards included; the empty one stands for every name. */
  readonly hosts: readonly string[];
  readonly tlsHosts: readonly string[];
  readonly loadBalancerIPs: readonly string[];
}

/** A running pod that has ports of its node: by host network or by `hostPort`. */
export interface HostPod {
  readonly namespace: string;
  /** The owner's kind and name, as for workloads. */
  readonly kind: string;
  readonly name: string;
  readonly node: string;
  readonly hostNetwork: boolean;
  /** Ports of containers, `hostPort`s, and ports found in flags (`--metrics-bind-address=:2112`, `--listen-client-urls=http://10.0.0.4:12379`); loopback ones are left out. */
  readonly ports: readonly number[];
  /** Port of the container by `hostPort`, where that is another one. */
  readonly containerPorts?: Readonly<Record<string, number>>;
  /** Images of its containers. */
  readonly images: readonly string[];
}

/** Which pods stand behind a Service: owners and addresses of its ready endpoints. */
export interface BackendView {
  readonly namespace: string;
  readonly service: string;
  readonly addresses: readonly string[];
  /** Those of the addresses that belong to no running pod and to no node: whoever may write EndpointSlices leads on to them. Absent where pods or nodes could not be read. */
  readonly foreign?: readonly string[];
  /** Owners of the pods on the pod network that stand behind it, by kind and name, each once. Absent where pods could not be read. */
  readonly owners?: readonly { readonly namespace: string; readonly kind: string; readonly name: string }[];
  /** Port numbers of the endpoints. */
  readonly ports: readonly number[];
}

export interface ApiServiceView {
  readonly name: string;
  /** `namespace/name` of the Service that answers for it; absent for groups the API server answers itself. */
  readonly service?: string;
  readonly insecureSkipTLSVerify: boolean;
  readonly available: boolean;
  readonly reason?: string;
}

/** A Secret of the type `kubernetes.io/service-account-token`. */
export interface EndlessToken {
  readonly namespace: string;
  readonly name: string;
  /** The account; absent where the Secret names none. */
  readonly account?: string;
}

/** What the API says of the cluster, as far as probes and statements about exposure need it. */
export interface ClusterView {
  readonly nodes: Slice<readonly NodeView[]>;
  readonly services: Slice<readonly ServiceView[]>;
  readonly ingresses: Slice<readonly IngressView[]>;
  readonly hostPods: Slice<readonly HostPod[]>;
  readonly backends: Slice<readonly BackendView[]>;
  readonly apiServices: Slice<readonly ApiServiceView[]>;
  readonly workloads: Slice<readonly WorkloadFact[]>;
  readonly serviceAccounts: Slice<readonly ServiceAccountFact[]>;
  readonly rbac: Slice<RbacFact>;
  /** Bootstrap tokens named by `kube-public/cluster-info` are judged over the network; this is which admission plugins the API server runs, where its flags can be read. */
  readonly apiServerFlags: Slice<Readonly<Record<string, string>>>;
  /** What the credential of the scan itself may do with `nodes/proxy`, by SelfSubjectAccessReview. */
  readonly ownNodeRights: Slice<readonly string[]>;
  /** Secrets that hold a token of a ServiceAccount without an end: what their metadata tells, never their contents. */
  readonly endlessTokens: Slice<readonly EndlessToken[]>;
}
export type ViewName = keyof ClusterView;

/** An address that the cluster names and that nothing is sent to, with the reason: a sentence. */
export interface RefusedTarget {
  readonly what: string;
  readonly address: string;
  readonly why: string;
}

/** Doors that the user asked nobody to look at, by what stands behind them. */
export interface LeftOut {
  readonly vantage: Vantage;
  readonly place: Door['place'];
  readonly transport: Door['transport'];
  readonly doors: number;
}

/** Everything a penetration scan observed. */
export interface PenetrationFacts {
  readonly cluster: ClusterIdentity;
  readonly vantages: readonly Vantage[];
  readonly view: ClusterView;
  readonly refused: readonly RefusedTarget[];
  readonly sights: readonly Sight[];
  /** Why a vantage saw nothing at all: one sentence each. */
  readonly blind: readonly { readonly vantage: Vantage; readonly why: string }[];
  /** What was left out because the user named other targets. */
  readonly leftOut?: readonly LeftOut[];
}
