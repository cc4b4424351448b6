import type {
  AdmissionFact,
  AdmissionPolicyFact,
  AdmissionRuleFact,
  AdmissionWebhookFact,
  ComponentFact,
  ContainerFact,
  NamespaceFact,
  NodeFact,
  SecurityContextFact,
  Slice,
  WorkloadFact,
} from '../../lib/core/facts/index.ts';
import { seen, unseen } from '../../lib/core/facts/index.ts';

/** A container; `securityContext` given means that it has one. */
export const container = (more: Partial<ContainerFact> = {}): ContainerFact => ({
  name: 'main',
  kind: 'container',
  image: 'example.com/app:1',
  hasSecurityContext: more.securityContext !== undefined,
  securityContext: {},
  hostPorts: [],
  secretsInEnv: [],
  ...more,
});

/** Deployment shop/front with one plain container, and whatever differs. */
export const workload = (more: Partial<WorkloadFact> = {}): WorkloadFact => ({
  kind: 'Deployment',
  namespace: 'shop',
  name: 'front',
  pods: 1,
  examplePod: 'front-7cd54f4c98-k6rgw',
  isStatic: false,
  serviceAccount: 'default',
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  hostPaths: [],
  hasSecurityContext: more.securityContext !== undefined,
  securityContext: {},
  containers: [container()],
  ...more,
});

/** A workload whose one container has this security context. */
export const withContext = (securityContext: SecurityContextFact, more: Partial<WorkloadFact> = {}): WorkloadFact =>
  workload({ containers: [container({ securityContext })], ...more });

/** A container's security context that every Pod Security level admits. */
export const restrictedContext: SecurityContextFact = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilitiesDrop: ['ALL'],
  seccompProfile: 'RuntimeDefault',
};

/** A namespace with its Pod Security level, and other labels. */
export const namespace = (name: string, enforce?: string, labels: Readonly<Record<string, string>> = {}): NamespaceFact => ({
  name,
  labels: { 'kubernetes.io/metadata.name': name, ...(enforce ? { 'pod-security.kubernetes.io/enforce': enforce } : {}), ...labels },
});

/** Rules that ask about new pods. */
export const podRules: readonly AdmissionRuleFact[] = [{ apiGroups: [''], resources: ['pods'], operations: ['CREATE'] }];

export const webhook = (name: string, more: Partial<AdmissionWebhookFact> = {}): AdmissionWebhookFact => ({
  kind: 'ValidatingWebhookConfiguration',
  configuration: `${name}-cfg`,
  name,
  failurePolicy: 'Fail',
  target: 'engine/svc',
  rules: podRules,
  ...more,
});
export const policy = (name: string, more: Partial<AdmissionPolicyFact> = {}): AdmissionPolicyFact => ({
  name,
  failurePolicy: 'Fail',
  rules: podRules,
  denyBindings: [{ name: `${name}-binding` }],
  expressions: ['true'],
  ...more,
});
export const admission = (more: Partial<AdmissionFact> = {}): Slice<AdmissionFact> => seen({ webhooks: [], policies: [], ...more });

/** The mirror pods of API servers with these flags. */
export const apiServers = (...flags: readonly Readonly<Record<string, readonly string[]>>[]): Slice<readonly ComponentFact[]> =>
  seen(
    flags.map((own, index) => ({
      component: 'kube-apiserver',
      node: `cp${index + 1}`,
      pod: `kube-apiserver-cp${index + 1}`,
      image: 'registry.k8s.io/kube-apiserver:v1.36.3',
      flags: own,
      env: {},
    })),
  );

export const node = (operatingSystem: string, name = 'w-1'): NodeFact => ({
  name,
  role: 'worker',
  ready: true,
  kubeletVersion: 'v1.36.3',
  osImage: 'Linux',
  operatingSystem,
  containerRuntime: 'containerd://2.1.4',
  addresses: ['198.18.0.12'],
  kubeletPort: 10250,
});

/** What surrounds a stock cluster: no engines, an API server with kubeadm's own flags, Linux nodes. */
export const stock = {
  admission: admission(),
  components: apiServers({ 'enable-admission-plugins': ['NodeRestriction'] }),
  apiServerFlagz: unseen('The API server has no /flagz.'),
  nodes: seen([node('linux')]),
} as const;
