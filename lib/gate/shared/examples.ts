import type { CertificateFact } from '../../core/facts/index.ts';
import type {
  ClusterApiFact,
  ControlPlanePod,
  DisruptionBudget,
  GateNode,
  GatePod,
  GateWebhook,
  GateWorkload,
  ServiceBackends,
} from '../../core/gate/index.ts';

// Healthy objects that cases and tests vary: a case names what is special about it, and nothing else.

export const exampleNode = (changes: Partial<GateNode> = {}): GateNode => ({
  uid: `uid-${changes.name ?? 'worker-1'}`,
  name: 'worker-1',
  role: 'worker',
  createdAt: '2026-11-01T00:00:00Z',
  ready: true,
  pressure: [],
  cordoned: false,
  taints: [],
  labels: { 'kubernetes.io/os': 'linux' },
  annotations: {},
  kubeletVersion: 'v1.35.4',
  containerRuntime: 'containerd://2.1.4',
  osImage: 'Ubuntu 24.04.3 LTS',
  kernelVersion: '6.8.0-45-generic',
  allocatableCpu: 4000,
  allocatableMemory: 8_000_000_000,
  allocatablePods: 110,
  declaredFeatures: [],
  ...changes,
});

/** The control plane as kubeadm makes it: its taint keeps other pods away. */
export const exampleControlPlane = (changes: Partial<GateNode> = {}): GateNode =>
  exampleNode({
    name: 'cp-1',
    role: 'control-plane',
    taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
    ...changes,
  });

export const examplePod = (changes: Partial<GatePod> = {}): GatePod => ({
  namespace: 'shop',
  name: 'front-1',
  node: 'worker-1',
  labels: { app: 'front' },
  owner: { kind: 'Deployment', name: 'front' },
  isMirror: false,
  ready: true,
  phase: 'Running',
  restarts: 0,
  finalizers: [],
  gracePeriodSeconds: 30,
  emptyDirs: [],
  hostPaths: [],
  claims: [],
  otherVolumes: [],
  toleratesUnschedulable: false,
  nodeSelector: {},
  tolerations: [],
  requestedCpu: 100,
  requestedMemory: 100_000_000,
  images: ['registry.example/front:1'],
  refersTo: [],
  annotations: {},
  ...changes,
});

/** The same without the owner: nobody starts it again. */
export const nakedPod = (changes: Partial<GatePod> = {}): GatePod => {
  const { owner: _, ...pod } = examplePod(changes);
  return pod;
};

export const exampleBudget = (changes: Partial<DisruptionBudget> = {}): DisruptionBudget => ({
  namespace: 'shop',
  name: 'front',
  selector: { matchLabels: { app: 'front' } },
  minAvailable: 1,
  disruptionsAllowed: 1,
  expectedPods: 2,
  currentHealthy: 2,
  desiredHealthy: 1,
  ...changes,
});

export const exampleWorkload = (changes: Partial<GateWorkload> = {}): GateWorkload => ({
  kind: 'Deployment',
  namespace: 'shop',
  name: 'front',
  replicas: 2,
  updated: 2,
  available: 2,
  generation: 3,
  observedGeneration: 3,
  paused: false,
  images: ['registry.example/front:1'],
  selector: { matchLabels: { app: 'front' } },
  ...changes,
});

export const exampleService = (changes: Partial<ServiceBackends> = {}): ServiceBackends => ({
  namespace: 'guard',
  name: 'guard',
  ports: [443],
  ready: 2,
  selector: { app: 'guard' },
  ...changes,
});

/** The static pods of one control plane node, all ready. */
export const exampleComponents = (node: string): readonly ControlPlanePod[] =>
  (['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const).map((component) => ({
    component,
    node,
    name: `${component}-${node}`,
    ready: true,
    image: `registry.k8s.io/${component}:v1.35.4`,
    version: 'v1.35.4',
    flags: {},
    environment: [],
  }));

/** What Cluster API writes on a node it has made: `machine` of the cluster `prod` in the namespace `fleet`. */
export const exampleMachineMarks = (machine: string): GateNode['annotations'] => ({
  'cluster.x-k8s.io/cluster-name': 'prod',
  'cluster.x-k8s.io/cluster-namespace': 'fleet',
  'cluster.x-k8s.io/machine': machine,
});

/** The Machine of one node of that cluster, as it should be. */
export const exampleMachine = (changes: Partial<ClusterApiFact['objects'][number]> = {}): ClusterApiFact['objects'][number] => ({
  kind: 'Machine',
  namespace: 'fleet',
  name: 'prod-md-1',
  cluster: 'prod',
  paused: false,
  annotations: {},
  conditions: { Ready: { status: 'True' } },
  deleting: false,
  ...changes,
});

/** A webhook that is asked about all pods, with a certificate for years. */
export const exampleWebhook = (changes: Partial<GateWebhook> = {}): GateWebhook => ({
  kind: 'ValidatingWebhookConfiguration',
  configuration: 'guard',
  name: 'pods.guard.example',
  failurePolicy: 'Fail',
  timeoutSeconds: 10,
  matchPolicy: 'Equivalent',
  service: { namespace: 'guard', name: 'guard', port: 443 },
  rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'], scope: '*' }],
  matchConditions: 0,
  authorities: [exampleCertificate('2030-01-01T00:00:00.000Z')],
  ...changes,
});

/** The same behind a URL instead of a Service. */
export const exampleUrlWebhook = (changes: Partial<GateWebhook> = {}): GateWebhook => {
  const { service: _, ...webhook } = exampleWebhook(changes);
  return { ...webhook, url: 'https://guard.example/pods' };
};

export const exampleCertificate = (notAfter: string): CertificateFact => ({
  subject: 'CN=example',
  issuer: 'CN=example-ca',
  selfSigned: false,
  notAfter,
});
