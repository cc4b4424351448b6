import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How large the cluster is. */
export interface Size {
  readonly nodes: number;
  readonly pods: number;
  /** Roles and bindings of both scopes together. */
  readonly rbac: number;
}

type Item = Readonly<Record<string, unknown>>;
interface Collection {
  readonly count: number;
  readonly item: (index: number) => Item;
}

const namespaceOf = (index: number): string => `team-${index % 200}`;
const bulk = 'x'.repeat(400);
/** What every real object carries and nobody here reads. */
const metadata = (name: string, namespace?: string) => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  uid: `00000000-0000-4000-8000-${name.length.toString().padStart(12, '0')}`,
  creationTimestamp: '2026-01-01T00:00:00Z',
  annotations: { 'example.com/text': bulk },
  managedFields: [
    { manager: 'synthetic', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: { 'f:metadata': { 'f:annotations': { '.': {} } } } },
  ],
});

const node = (index: number): Item => ({
  metadata: { ...metadata(`node-${index}`), labels: index < 3 ? { 'node-role.kubernetes.io/control-plane': '' } : {} },
  spec: {},
  status: {
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    conditions: [{ type: 'Ready', status: 'True' }],
    daemonEndpoints: { kubeletEndpoint: { Port: 1 } },
    allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
    nodeInfo: {
      kubeletVersion: 'v1.35.4',
      osImage: 'Photon OS',
      operatingSystem: 'linux',
      kernelVersion: '6.1.10',
      containerRuntimeVersion: 'containerd://2.1.0',
    },
  },
});

const container = (index: number) => ({
  name: 'main',
  image: `registry.example.com/team/app-${index % 300}:1.0`,
  env: [
    { name: 'MODE', value: bulk },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
  ],
  securityContext: { allowPrivilegeEscalation: index % 3 === 0, capabilities: { drop: ['ALL'] } },
  resources: { requests: { cpu: '250m', memory: '128Mi' } },
});

const pod = (index: number): Item => {
  const owner = `app-${Math.floor(index / 10)}`;
  return {
    metadata: {
      ...metadata(`${owner}-7d9f8b6c5d-${index}`, namespaceOf(Math.floor(index / 10))),
      labels: { app: owner, 'pod-template-hash': '7d9f8b6c5d' },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${owner}-7d9f8b6c5d`, controller: true, apiVersion: 'apps/v1', uid: 'x' }],
    },
    spec: {
      serviceAccountName: 'default',
      nodeName: `node-${index % 5000}`,
      containers: [container(index)],
      volumes: [{ name: 'data', emptyDir: {} }],
    },
    status: { phase: 'Running', podIP: '10.0.0.1' },
  };
};

const flags = [
  'kube-apiserver',
  '--authorization-mode=Node,RBAC',
  '--enable-admission-plugins=NodeRestriction',
  '--client-ca-file=/etc/kubernetes/pki/ca.crt',
];
const mirrorPod = (index: number): Item => ({
  metadata: {
    ...metadata(`kube-apiserver-node-${index}`, 'kube-system'),
    annotations: { 'kubernetes.io/config.mirror': 'x' },
    labels: { component: 'kube-apiserver' },
  },
  spec: {
    nodeName: `node-${index}`,
    hostNetwork: true,
    containers: [{ name: 'kube-apiserver', image: 'registry.k8s.io/kube-apiserver:v1.35.4', command: flags }],
  },
  status: { phase: 'Running' },
});

const rules = [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch', 'update'] }];
const roleRef = (kind: string, name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });
const collectionsOf = ({ nodes, pods, rbac }: Size): Readonly<Record<string, Collection>> => {
  const quarter = Math.floor(rbac / 4);
  const account = (index: number) => [{ kind: 'ServiceAccount', namespace: namespaceOf(index), name: `account-${index}` }];
  const rbacPath = '/apis/rbac.authorization.k8s.io/v1';
  return {
    '/api/v1/nodes': { count: nodes, item: node },
    '/api/v1/pods': { count: pods, item: pod },
    '/api/v1/namespaces/kube-system/pods': { count: 3, item: mirrorPod },
    '/api/v1/namespaces': { count: 200, item: (index) => ({ metadata: metadata(namespaceOf(index)) }) },
    '/api/v1/serviceaccounts': {
      count: 2000,
      item: (index) => ({ metadata: metadata(index < 200 ? 'default' : `account-${index}`, namespaceOf(index)) }),
    },
    [`${rbacPath}/clusterroles`]: { count: quarter, item: (index) => ({ metadata: metadata(`role-${index}`), rules }) },
    [`${rbacPath}/roles`]: { count: quarter, item: (index) => ({ metadata: metadata(`role-${index}`, namespaceOf(index)), rules }) },
    [`${rbacPath}/clusterrolebindings`]: {
      count: quarter,
      item: (index) => ({
        metadata: metadata(`binding-${index}`),
        roleRef: roleRef('ClusterRole', `role-${index}`),
        subjects: account(index),
      }),
    },
    [`${rbacPath}/rolebindings`]: {
      count: quarter,
      item: (index) => ({
        metadata: metadata(`binding-${index}`, namespaceOf(index)),
        roleRef: roleRef('Role', `role-${index}`),
        subjects: account(index),
      }),
    },
  };
};

/** What an upgrade gate looks at besides. */
const gateCollectionsOf = ({ nodes, pods }: Size): Readonly<Record<string, Collection>> => {
  const [services, workloads] = [Math.floor(pods / 10), Math.floor(pods / 10)];
  const written = (index: number, name: string) => ({
    ...metadata(name, namespaceOf(index)),
    managedFields: [
      {
        manager: 'helm',
        operation: 'Update',
        apiVersion: index % 500 === 0 ? 'old.example.com/v1beta1' : 'old.example.com/v1',
        time: '2026-01-01T00:00:00Z',
      },
      {
        manager: 'synthetic',
        operation: 'Update',
        apiVersion: 'old.example.com/v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:rules': bulk } },
      },
    ],
  });
  return {
    '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases': {
      count: nodes,
      item: (index) => ({ metadata: metadata(`node-${index}`, 'kube-node-lease'), spec: { renewTime: '2026-01-01T00:00:00.000000Z' } }),
    },
    '/api/v1/services': {
      count: services,
      item: (index) => ({
        metadata: metadata(`app-${index}`, namespaceOf(index)),
        spec: { clusterIP: '10.96.0.1', ports: [{ port: 80 }], selector: { app: `app-${index}` } },
      }),
    },
    '/apis/discovery.k8s.io/v1/endpointslices': {
      count: services,
      item: (index) => ({
        metadata: { ...metadata(`app-${index}-x`, namespaceOf(index)), labels: { 'kubernetes.io/service-name': `app-${index}` } },
        addressType: 'IPv4',
        endpoints: Array.from({ length: 10 }, (_, one) => ({ addresses: [`10.0.${index % 250}.${one}`], conditions: { ready: true } })),
        ports: [{ port: 8080 }],
      }),
    },
    '/apis/apps/v1/deployments': {
      count: workloads,
      item: (index) => ({
        metadata: { ...metadata(`app-${index}`, namespaceOf(index)), generation: 1 },
        spec: { replicas: 10, selector: { matchLabels: { app: `app-${index}` } }, template: { spec: { containers: [container(index)] } } },
        status: { observedGeneration: 1, updatedReplicas: 10, availableReplicas: 10 },
      }),
    },
    '/apis/policy/v1/poddisruptionbudgets': {
      count: workloads,
      item: (index) => ({
        metadata: metadata(`app-${index}`, namespaceOf(index)),
        spec: { minAvailable: 1, selector: { matchLabels: { app: `app-${index}` } } },
        status: { disruptionsAllowed: 9, expectedPods: 10, currentHealthy: 10, desiredHealthy: 1 },
      }),
    },
    '/apis/old.example.com/v1/things': { count: workloads, item: (index) => ({ metadata: written(index, `thing-${index}`) }) },
  };
};

/** Aggregated discovery of one group that has an old version. */
const discovery: Item = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: 'old.example.com' },
      versions: ['v1', 'v1beta1'].map((version) => ({
        version,
        resources: [{ resource: 'things', responseKind: { kind: 'Thing' }, scope: 'Namespaced', verbs: ['get', 'list'] }],
      })),
    },
  ],
};

/** Metrics of the size that a busy API server's have. */
const metrics = (): string =>
  [
    ...Array.from(
      { length: 200_000 },
      (_, index) => `apiserver_request_duration_seconds_bucket{group="apps",le="${index}",verb="LIST"} ${index}`,
    ),
    'apiserver_requested_deprecated_apis{group="old.example.com",removed_release="1.37",resource="things",subresource="",version="v1beta1"} 1',
    'process_start_time_seconds 1.767225600e+09',
    'apiserver_storage_size_bytes{storage_cluster_id="etcd-0"} 1.073741824e+09',
  ].join('\n');
const texts: Readonly<Record<string, () => string>> = {
  '/metrics': metrics,
  '/readyz': () => '[+]etcd ok\nreadyz check passed\n',
  '/livez': () => '[+]etcd ok\nlivez check passed\n',
};

const single: Readonly<Record<string, Item>> = {
  '/version': { major: '1', minor: '35', gitVersion: 'v1.35.4' },
  '/api/v1/namespaces/kube-system': { metadata: { name: 'kube-system', uid: '00000000-0000-4000-8000-000000000001' } },
  '/apis': { kind: 'APIGroupList', groups: [] },
};

/** An API server that makes its objects up page by page: nothing is kept, so what is measured is the scanner. */
export const startSyntheticApi = async (
  size: Size,
): Promise<{ readonly url: string; readonly requests: () => number; readonly stop: () => void }> => {
  const collections = { ...collectionsOf(size), ...gateCollectionsOf(size) };
  let requests = 0;
  const server = http.createServer((request, response) => {
    requests += 1;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const text = texts[url.pathname];
    if (text) return void response.writeHead(200, { 'content-type': 'text/plain' }).end(text());
    if (/^[/]apis?$/.test(url.pathname) && request.headers.accept?.includes('apidiscovery')) return answer(200, discovery);
    const one = single[url.pathname];
    if (one) return answer(200, one);
    const collection =
      collections[url.pathname] ??
      (/\/(?:apis?)\/.*[a-z]$/.test(url.pathname) && url.searchParams.has('limit') ? { count: 0, item: () => ({}) } : undefined);
    if (!collection) return answer(404, { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404, message: 'not found' });
    const start = Number(url.searchParams.get('continue') ?? 0);
    const end = Math.min(collection.count, start + Number(url.searchParams.get('limit') ?? 500));
    const items = Array.from({ length: end - start }, (_, offset) => collection.item(start + offset));
    answer(200, { kind: 'List', metadata: { resourceVersion: '1', ...(end < collection.count ? { continue: String(end) } : {}) }, items });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests, stop: () => void server.close() };
};
