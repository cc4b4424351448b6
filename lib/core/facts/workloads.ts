import type { Slice } from './slice.ts';

export interface NamespaceFact {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Fields of a container's or pod's securityContext that checks read. Absent means unset, which is not the same as false. */
export interface SecurityContextFact {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsUser?: number;
  readonly runAsNonRoot?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilitiesAdd?: readonly string[];
  readonly capabilitiesDrop?: readonly string[];
  readonly seccompProfile?: string;
  readonly hostProcess?: boolean;
}

export interface ContainerFact {
  readonly name: string;
  readonly kind: 'container' | 'init' | 'ephemeral';
  readonly image: string;
  /** Whether the container sets any securityContext field at all. */
  readonly hasSecurityContext: boolean;
  readonly securityContext: SecurityContextFact;
  readonly hostPorts: readonly number[];
  /** Secrets that reach environment variables, by `env[].valueFrom.secretKeyRef` or `envFrom[].secretRef`: names only. */
  readonly secretsInEnv: readonly string[];
}

/** Running pods of one owner that are alike. `kind` and `name` are the owner's (Deployment, not ReplicaSet or Pod). */
export interface WorkloadFact {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Number of pods that look exactly like this. */
  readonly pods: number;
  /** Name of one of them, as an example. */
  readonly examplePod: string;
  /** A static pod, seen as its mirror (annotation `kubernetes.io/config.mirror`): no admission can stop it. */
  readonly isStatic: boolean;
  readonly serviceAccount: string;
  /** The pod's own `automountServiceAccountToken`; it wins over the account's. */
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork: boolean;
  readonly hostPID: boolean;
  readonly hostIPC: boolean;
  readonly hostPaths: readonly string[];
  readonly os?: string;
  readonly hasSecurityContext: boolean;
  readonly securityContext: SecurityContextFact;
  readonly containers: readonly ContainerFact[];
}

export interface ServiceAccountFact {
  readonly namespace: string;
  readonly name: string;
  readonly automountServiceAccountToken?: boolean;
}

/** A NetworkPolicy or the CNI's own policy object, by metadata. Cluster-wide kinds have no namespace. */
export interface NetworkPolicyFact {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object in the namespace `default`, by metadata. */
export interface DefaultNamespaceObject {
  readonly kind: string;
  readonly name: string;
}

/** A Secret by metadata and type; its data is never asked for. */
export interface SecretFact {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
}

/** A CertificateSigningRequest, without the request itself. */
export interface CertificateRequestFact {
  readonly name: string;
  readonly signer: string;
  readonly requester: string;
  readonly usages: readonly string[];
  readonly approved: boolean;
}

/** A label selector as Kubernetes writes it; an empty one selects everything. */
export interface LabelSelectorFact {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** A rule of a webhook or of a ValidatingAdmissionPolicy. */
export interface AdmissionRuleFact {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly string[];
}

export interface AdmissionWebhookFact {
  readonly kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';
  readonly configuration: string;
  readonly name: string;
  readonly failurePolicy: string;
  /** `namespace/name` of the service called, or the host of its URL. */
  readonly target: string;
  readonly rules: readonly AdmissionRuleFact[];
  /** Which namespaces it is asked about; all of them when absent. */
  readonly namespaceSelector?: LabelSelectorFact;
}

export interface AdmissionPolicyFact {
  readonly name: string;
  readonly failurePolicy: string;
  readonly rules: readonly AdmissionRuleFact[];
  /** Which namespaces it looks at; all of them when absent. */
  readonly namespaceSelector?: LabelSelectorFact;
  /** The bindings whose actions include Deny, each with the namespaces it is limited to. Without one the policy stops nothing. */
  readonly denyBindings: readonly { readonly name: string; readonly namespaceSelector?: LabelSelectorFact }[];
  /** The CEL expressions, as written. */
  readonly expressions: readonly string[];
}

export interface AdmissionFact {
  readonly webhooks: readonly AdmissionWebhookFact[];
  readonly policies: readonly AdmissionPolicyFact[];
}

export interface WorkloadSlices {
  readonly namespaces: Slice<readonly NamespaceFact[]>;
  readonly workloads: Slice<readonly WorkloadFact[]>;
  readonly serviceAccounts: Slice<readonly ServiceAccountFact[]>;
  readonly networkPolicies: Slice<readonly NetworkPolicyFact[]>;
  readonly defaultNamespace: Slice<readonly DefaultNamespaceObject[]>;
  /** Long-lived ServiceAccount tokens and bootstrap tokens. */
  readonly tokenSecrets: Slice<readonly SecretFact[]>;
  readonly certificateRequests: Slice<readonly CertificateRequestFact[]>;
  readonly admission: Slice<AdmissionFact>;
  /** Names of the API groups the cluster serves, from discovery: which add-ons are installed. */
  readonly apiGroups: Slice<readonly string[]>;
}
