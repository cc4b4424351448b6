import type { CertificateFact, ClusterIdentity, LabelSelectorFact, NodeRole, Slice } from '../facts/index.ts';

// What the upgrade gate reads of a cluster: live facts, each part read or with the sentence that says why not. Only what checks use is kept; Secrets never.

/** One object, as answers name it. */
export interface ObjectName {
  readonly kind: string;
  /** `group/version`, where it matters. */
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface GateNode {
  readonly uid: string;
  readonly name: string;
  readonly role: NodeRole;
  /** Name of the pool or MachineDeployment, by label, where there is one. */
  readonly pool?: string;
  readonly createdAt: string;
  readonly ready: boolean;
  /** Conditions other than Ready that are not as they should be: `MemoryPressure`, `DiskPressure`, `PIDPressure`, `NetworkUnavailable`. */
  readonly pressure: readonly string[];
  readonly cordoned: boolean;
  readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations with values that checks look at: by-pass annotations, cri socket; nothing else. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly kubeletVersion: string;
  readonly kubeProxyVersion?: string;
  readonly containerRuntime: string;
  readonly osImage: string;
  readonly kernelVersion: string;
  readonly providerID?: string;
  /** `status.allocatable`: millicores and bytes. */
  readonly allocatableCpu: number;
  readonly allocatableMemory: number;
  readonly allocatablePods: number;
  readonly declaredFeatures: readonly string[];
  /** When its lease in kube-node-lease was last renewed, ISO 8601. */
  readonly leaseRenewedAt?: string;
}

/** A pod that is not Succeeded or Failed, reduced to what drains and selectors need. */
export interface GatePod {
  readonly namespace: string;
  readonly name: string;
  readonly node?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The controller of the pod; ReplicaSets are told as their Deployment. Absent for naked pods. */
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly isMirror: boolean;
  readonly ready: boolean;
  readonly phase: string;
  /** `CrashLoopBackOff`, `ImagePullBackOff`, … of a container that waits. */
  readonly waiting?: string;
  readonly restarts: number;
  readonly finalizers: readonly string[];
  readonly gracePeriodSeconds: number;
  /** Names of volumes by what they lose in a drain. */
  readonly emptyDirs: readonly string[];
  readonly hostPaths: readonly string[];
  readonly claims: readonly string[];
  readonly otherVolumes: readonly string[];
  /** Names of Secret volumes that are called like a generated token (`default-token-x7k2p`). Absent where the observation does not tell. */
  readonly tokenVolumes?: readonly string[];
  readonly toleratesUnschedulable: boolean;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly { readonly key?: string; readonly operator?: string; readonly value?: string; readonly effect?: string }[];
  readonly requestedCpu: number;
  readonly requestedMemory: number;
  readonly images: readonly string[];
  /** For mirror pods and pods of kube-system: arguments of the containers, by container name. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
  /** Names of environment variables of those containers. */
  readonly environment?: readonly string[];
  /** API objects a pod refers to: `configMap`, `secret`, `serviceAccount`; for static pods. */
  readonly refersTo: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface DisruptionBudget {
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelectorFact | null;
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  readonly disruptionsAllowed: number;
  readonly expectedPods: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly unhealthyPodEvictionPolicy?: string;
}

/** A Deployment, StatefulSet or DaemonSet. */
export interface GateWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly updated: number;
  readonly available: number;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly paused: boolean;
  /** Reason of a condition `Progressing=False`. */
  readonly stuck?: string;
  readonly images: readonly string[];
  readonly selector: LabelSelectorFact | null;
}

export interface GateWebhook {
  readonly kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';
  readonly configuration: string;
  readonly name: string;
  readonly failurePolicy: string;
  readonly timeoutSeconds: number;
  readonly matchPolicy: string;
  /** The Service that is called, or the URL. */
  readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };
  readonly url?: string;
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly apiVersions: readonly string[];
    readonly resources: readonly string[];
    readonly operations: readonly string[];
    readonly scope: string;
  }[];
  readonly namespaceSelector?: LabelSelectorFact;
  readonly objectSelector?: LabelSelectorFact;
  readonly matchConditions: number;
  /** Certificates of the caBundle. */
  readonly authorities: readonly CertificateFact[];
}

/** A Service with what stands behind it. */
export interface ServiceBackends {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly number[];
  /** Endpoints that are ready. */
  readonly ready: number;
  readonly selector: Readonly<Record<string, string>>;
}

export interface GateCrd {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly {
    readonly name: string;
    readonly served: boolean;
    readonly storage: boolean;
    readonly deprecated: boolean;
  }[];
  readonly storedVersions: readonly string[];
  readonly conversion: {
    readonly strategy: string;
    readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };
  };
  readonly nonStructural: boolean;
  readonly established: boolean;
}

export interface GateApiService {
  readonly name: string;
  readonly service?: { readonly namespace: string; readonly name: string };
  readonly available: boolean;
  readonly reason?: string;
}

/** An object that was written through a version that some release removes. */
export interface OldObject extends ObjectName {
  /** `group/version` that is going. */
  readonly oldVersion: string;
  readonly foundBy: 'managed-fields' | 'last-applied' | 'helm-release';
  /** Who wrote it that way, and when. */
  readonly manager?: string;
  readonly at?: string;
}

/** Use of a deprecated API since an API server started, from its metrics. */
export interface DeprecatedCall {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource?: string;
  /** First minor without it, `1.32`; empty where none is planned. */
  readonly removedRelease: string;
}

export interface ApiUse {
  readonly calls: readonly DeprecatedCall[];
  /** When the API server that answered was started: silence since then proves no more than that. ISO 8601. */
  readonly since?: string;
  /** How many API servers there are; metrics speak for the one that answered. */
  readonly apiServers: number;
}

/** Group versions the API server serves, with their resources. */
export interface ServedApi {
  readonly groupVersion: string;
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

/** A control-plane component as it runs. */
export interface ControlPlanePod {
  readonly component: 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd';
  readonly node: string;
  readonly name: string;
  readonly ready: boolean;
  readonly image: string;
  /** From the tag of the image; absent where there is none. */
  readonly version?: string;
  /** Flags without `--`; a flag without a value is `true`. */
  readonly flags: Readonly<Record<string, string>>;
  readonly environment: readonly string[];
}

/** Settings that kubeadm keeps in kube-system, as documents reduced to what checks read. */
export interface ClusterSettings {
  readonly kubeadm?: {
    readonly apiVersion: string;
    readonly kubernetesVersion?: string;
    readonly imageRepository?: string;
    readonly externalEtcd: boolean;
    readonly featureGates: Readonly<Record<string, boolean>>;
    /** `extraArgs` by component: `apiServer`, `controllerManager`, `scheduler`, `etcd`. */
    readonly extraArgs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  readonly kubelet?: {
    readonly featureGates: Readonly<Record<string, boolean>>;
    readonly failCgroupV1?: boolean;
    readonly eventRecordQPS?: number;
    readonly cgroupDriver?: string;
  };
  readonly kubeProxy?: { readonly mode: string; readonly featureGates: Readonly<Record<string, boolean>>; readonly image?: string };
  /**
   * Flags that Cluster API gives kubelets (KubeadmControlPlane, KubeadmConfigTemplate), by the object that holds them, without `--`. Absent where nothing tells: kubeadm keeps
   * them in a file of the node.
   */
  readonly kubeletFlags?: readonly (ObjectName & { readonly flags: Readonly<Record<string, string>> })[];
}

/** Answers of the API server about itself. */
export interface ApiHealth {
  /** Names of checks of `/readyz?verbose` and `/livez?verbose` that fail; empty when all is well. */
  readonly failing: readonly string[];
  /** Bytes of the database, by `apiserver_storage_size_bytes`. */
  readonly databaseBytes?: number;
}

export interface GateStorage {
  /** PersistentVolumes by their kind of source, with what tells in-tree from CSI. */
  readonly volumes: readonly {
    readonly name: string;
    readonly source: string;
    readonly driver?: string;
    readonly claim?: string;
    readonly accessModes: readonly string[];
  }[];
  readonly classes: readonly { readonly name: string; readonly provisioner: string }[];
  readonly drivers: readonly string[];
  /** Attachments that hang: wanted but not attached, or being deleted. */
  readonly hanging: readonly { readonly name: string; readonly node: string; readonly volume: string; readonly why: string }[];
}

/** Objects of Cluster API, where this cluster manages itself or is a management cluster; empty lists where there are none. */
export interface ClusterApiFact {
  readonly isInstalled: boolean;
  readonly objects: readonly (ObjectName & {
    /** The Cluster of the same namespace that it belongs to, by label. */
    readonly cluster?: string;
    readonly version?: string;
    readonly paused: boolean;
    readonly annotations: Readonly<Record<string, string>>;
    /** Conditions by type: `True`, `False`, `Unknown`, with the reason and message. */
    readonly conditions: Readonly<Record<string, { readonly status: string; readonly reason?: string; readonly message?: string }>>;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly nodeDrainTimeoutSeconds?: number;
    readonly certificatesExpireAt?: string;
    readonly deleting: boolean;
  })[];
}

/** Backups by objects of the cluster (Velero); the newest that completed. */
export interface BackupFact {
  readonly installed: boolean;
  readonly newest?: { readonly name: string; readonly namespace: string; readonly completedAt: string };
}

/** Everything the gate observes. */
export interface GateSlices {
  readonly nodes: Slice<readonly GateNode[]>;
  readonly pods: Slice<readonly GatePod[]>;
  readonly budgets: Slice<readonly DisruptionBudget[]>;
  readonly workloads: Slice<readonly GateWorkload[]>;
  readonly webhooks: Slice<readonly GateWebhook[]>;
  readonly services: Slice<readonly ServiceBackends[]>;
  readonly namespaces: Slice<readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[]>;
  readonly crds: Slice<readonly GateCrd[]>;
  readonly apiServices: Slice<readonly GateApiService[]>;
  readonly servedApis: Slice<readonly ServedApi[]>;
  readonly oldObjects: Slice<readonly OldObject[]>;
  readonly apiUse: Slice<ApiUse>;
  readonly controlPlane: Slice<readonly ControlPlanePod[]>;
  readonly settings: Slice<ClusterSettings>;
  readonly apiHealth: Slice<ApiHealth>;
  readonly storage: Slice<GateStorage>;
  readonly signingRequests: Slice<
    readonly { readonly name: string; readonly signer: string; readonly createdAt: string; readonly pending: boolean }[]
  >;
  readonly certificate: Slice<CertificateFact>;
  /** Cgroup version of each node (1 or 2), where its kubelet told. */
  readonly cgroups: Slice<Readonly<Record<string, number>>>;
  readonly ingressClasses: Slice<readonly { readonly name: string; readonly controller: string }[]>;
  readonly clusterApi: Slice<ClusterApiFact>;
  readonly backups: Slice<BackupFact>;
}
export type GateSlice = keyof GateSlices;

/** Live facts of one cluster at one moment. */
export interface GateFacts extends GateSlices {
  readonly cluster: ClusterIdentity;
  /** ISO 8601. */
  readonly observedAt: string;
}
