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
    nodeInfo: { kubeletVersion: 'v1.35.4', osImage: 'Photon OS', operatingSystem: 'linux', containerRuntimeVersion: 'containerd://2.1.0' },
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
  resources: {},
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

const single: Readonly<Record<string, Item>> = {
  '/version': { major: '1', minor: '35', gitVersion: 'v1.35.4' },
  '/api/v1/namespaces/kube-system': { metadata: { name: 'kube-system', uid: '00000000-0000-4000-8000-000000000001' } },
  '/apis': { kind: 'APIGroupList', groups: [] },
};

/** An API server that makes its objects up page by page: nothing is kept, so what is measured is the scanner. */
export const startSyntheticApi = async (
  size: Size,
): Promise<{ readonly url: string; readonly requests: () => number; readonly stop: () => void }> => {
  const collections = collectionsOf(size);
  let requests = 0;
  const server = http.createServer((request, response) => {
    requests += 1;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
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
