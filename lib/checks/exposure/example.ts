import type { ContainerFact, PolicyRule, RbacFact, RbacSubject, WorkloadFact } from '../../core/facts/index.ts';
import type { NodeView, ServiceView } from '../../core/probing/index.ts';

/** Parts of a view as cases write them: everything that a case does not name is ordinary and harmless. */
export const aNode = (change: Partial<NodeView> = {}): NodeView => ({
  uid: 'n-1',
  name: 'w1',
  role: 'worker',
  ready: true,
  addresses: ['10.0.0.5'],
  kubeletPort: 10250,
  kubeletVersion: 'v1.36.3',
  containerRuntime: 'containerd://2.3.2',
  operatingSystem: 'linux',
  osImage: 'Debian',
  ...change,
});

export const aContainer = (change: Partial<ContainerFact> = {}): ContainerFact => ({
  name: 'main',
  kind: 'container',
  image: 'registry.example/app:v1.0.0',
  hasSecurityContext: true,
  securityContext: { capabilitiesDrop: ['ALL'] },
  hostPorts: [],
  secretsInEnv: [],
  ...change,
});

export const aWorkload = (change: Partial<WorkloadFact> = {}): WorkloadFact => ({
  kind: 'Deployment',
  namespace: 'shop',
  name: 'front',
  pods: 2,
  examplePod: 'front-1',
  isStatic: false,
  serviceAccount: 'front',
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  hostPaths: [],
  hasSecurityContext: false,
  securityContext: {},
  containers: [aContainer()],
  ...change,
});

/** A workload of one container of this image. */
export const runs = (image: string, change: Partial<WorkloadFact> = {}): WorkloadFact =>
  aWorkload({ containers: [aContainer({ image })], ...change });

export const aService = (change: Partial<ServiceView> = {}): ServiceView => ({
  uid: 's-1',
  namespace: 'shop',
  name: 'front',
  type: 'ClusterIP',
  clusterIPs: ['10.96.0.9'],
  externalIPs: [],
  loadBalancerIPs: [],
  ports: [{ protocol: 'TCP', port: 80, targetPort: 8080 }],
  selector: { app: 'front' },
  ...change,
});

export const aRule = (verbs: readonly string[], resources: readonly string[], change: Partial<PolicyRule> = {}): PolicyRule => ({
  verbs,
  apiGroups: [''],
  resources,
  resourceNames: [],
  nonResourceURLs: [],
  ...change,
});

/** What somebody is given by one ClusterRole and one binding to it. */
export const givenTo = (subject: RbacSubject, ...rules: readonly PolicyRule[]): RbacFact => ({
  roles: [{ kind: 'ClusterRole', name: 'given', isBootstrap: false, isAggregated: false, rules }],
  bindings: [
    { kind: 'ClusterRoleBinding', name: 'given', isBootstrap: false, roleKind: 'ClusterRole', roleName: 'given', subjects: [subject] },
  ],
});
export const noRights: RbacFact = { roles: [], bindings: [] };
