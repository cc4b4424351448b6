import { describe, expect, it } from 'vitest';
import { denied, type FakeCluster, fakeAccess, unreachable } from '../../../../test/support/fake-access.ts';
import type { ClusterView } from '../../../core/probing/index.ts';
import { observeView, penetrationNeeds } from './index.ts';
import { Pod } from './pod-schema.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const paths = {
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  services: '/api/v1/services',
  ingresses: '/apis/networking.k8s.io/v1/ingresses',
  slices: '/apis/discovery.k8s.io/v1/endpointslices',
  apiServices: '/apis/apiregistration.k8s.io/v1/apiservices',
  accounts: '/api/v1/serviceaccounts',
} as const;
const secretsPath = '/api/v1/secrets?fieldSelector=type=kubernetes.io/service-account-token';
const empty: FakeCluster['lists'] = Object.fromEntries(
  [...Object.values(paths), ...['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'].map((name) => `${rbac}/${name}`)].map(
    (path) => [path, []],
  ),
);
const flagz = { '/flagz': { flags: { 'disable-admission-plugins': '[]', 'oidc-client-secret': 'hunter2' } } };
const allowed =
  (...rights: readonly string[]): NonNullable<FakeCluster['onCreate']> =>
  (_, body) => {
    const { verb, resource, subresource } = (
      body as { spec: { resourceAttributes: { verb: string; resource: string; subresource: string } } }
    ).spec.resourceAttributes;
    return { status: { allowed: rights.includes(`${verb} ${resource}/${subresource}`) } };
  };
const cluster = (lists: FakeCluster['lists'] = {}, rest: FakeCluster = {}) =>
  fakeAccess({ lists: { ...empty, ...lists }, objects: flagz, onCreate: allowed(), ...rest });
const readPart = async <K extends keyof ClusterView>(name: K, lists: FakeCluster['lists'], rest: FakeCluster = {}): Promise<unknown> => {
  const slice = (await observeView(cluster(lists, rest)))[name];
  return slice.read ? slice.value : slice.reason;
};

const node = (name: string, addresses: readonly (readonly [string, string])[], more: object = {}) => ({
  metadata: { uid: `uid-${name}`, name, labels: name.startsWith('cp') ? { 'node-role.kubernetes.io/control-plane': '' } : {} },
  status: {
    addresses: addresses.map(([type, address]) => ({ type, address })),
    conditions: [{ type: 'Ready', status: 'True' }],
    nodeInfo: {
      kubeletVersion: 'v1.36.1+vmware.2',
      kubeProxyVersion: '',
      osImage: 'Photon',
      operatingSystem: 'linux',
      containerRuntimeVersion: 'containerd://2.1.4',
      ...more,
    },
  },
});
const pod = (name: string, spec: object, status: object = {}, metadata: object = {}) => ({
  metadata: { name, namespace: 'infra', ...metadata },
  spec: { nodeName: 'w1', containers: [], ...spec },
  status: { phase: 'Running', ...status },
});
const slice = (service: string, addresses: readonly string[], more: object = {}) => ({
  metadata: { namespace: 'shop', labels: { 'kubernetes.io/service-name': service } },
  addressType: 'IPv4',
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
  ports: [{ port: 8080 }],
  ...more,
});

it('reads an empty cluster whole, in few requests, each list once', async () => {
  const access = cluster({ [secretsPath]: [] }, { onCreate: allowed('list secrets/undefined') });
  const view = await observeView(access);
  expect(Object.entries(view).filter(([, { read }]) => !read)).toEqual([]);
  expect(access.requests).toBeLessThanOrEqual(21);
  const lists = access.asked.filter((one) => one.startsWith('list'));
  expect(new Set(lists).size).toBe(lists.length);
});

it('asks for nothing beyond the rights it names', async () => {
  const access = cluster();
  await observeView(access);
  const named = penetrationNeeds.map(
    ({ verb, apiGroup, resource, nonResourceUrl }) => `${verb} ${nonResourceUrl ?? `${apiGroup}|${resource}`}`,
  );
  const asked = access.asked
    .filter((one) => !one.startsWith('create /apis/authorization.k8s.io/v1/selfsubjectaccessreviews'))
    .map((one) => one.replace(/ \/(?:api|apis\/([^/]+))\/[^/]+\/([^/? ]+)$/, (_, group = '', resource) => ` ${group}|${resource}`));
  expect(asked.filter((one) => !named.includes(one))).toEqual([]);
});

describe('a missing right leaves its part unread and is named', () => {
  it.each<[string, string, readonly (keyof ClusterView)[]]>([
    [paths.nodes, 'list nodes', ['nodes']],
    [paths.pods, 'list pods', ['hostPods', 'workloads']],
    [paths.services, 'list services', ['services']],
    [paths.ingresses, 'list ingresses.networking.k8s.io', ['ingresses']],
    [paths.slices, 'list endpointslices.discovery.k8s.io', ['backends']],
    [paths.apiServices, 'list apiservices.apiregistration.k8s.io', ['apiServices']],
    [paths.accounts, 'list serviceaccounts', ['serviceAccounts']],
    [`${rbac}/roles`, 'list roles.rbac.authorization.k8s.io', ['rbac']],
  ])('%s', async (path, right, parts) => {
    const view = await observeView(cluster({ [path]: denied(right) }));
    const unread = Object.entries(view).flatMap(([name, part]) => (part.read || name === 'endlessTokens' ? [] : [[name, part.missing]]));
    expect(unread.toSorted()).toEqual(parts.map((name) => [name, [right]]));
  });
  it('/flagz, where no mirror pod shows the flags either', async () => {
    const { apiServerFlags } = await observeView(cluster({}, { objects: { '/flagz': denied('get /flagz') } }));
    expect(apiServerFlags).toMatchObject({ read: false, missing: ['get /flagz'] });
  });
  it('own rights, when nobody answers', async () => {
    const { ownNodeRights } = await observeView(cluster({}, { onCreate: unreachable }));
    expect(ownNodeRights).toEqual({ read: false, reason: 'The cluster did not answer; check the network.' });
  });
});

it('every need feeds a part of the view, or is the identity of the cluster', async () => {
  const parts = Object.keys(await observeView(cluster()));
  expect(penetrationNeeds.filter(({ feeds }) => feeds.some((name) => !parts.includes(name)))).toEqual([]);
  // any signed-in user may ask about itself
  expect(new Set([...penetrationNeeds.flatMap(({ feeds }) => feeds), 'ownNodeRights', 'endlessTokens'])).toEqual(new Set(parts));
});

it('nodes: every address once, names of hosts left out, versions', async () => {
  const nodes = [
    node('w1', [
      ['InternalIP', '10.0.0.5'],
      ['ExternalIP', '10.0.0.5'],
      ['Hostname', 'w1'],
      ['ExternalDNS', 'w1.example'],
    ]),
    node(
      'cp1',
      [
        ['InternalIP', '10.0.0.4'],
        ['InternalIP', 'fd00::4'],
        ['ExternalIP', '203.0.113.4'],
      ],
      { kubeProxyVersion: 'v1.32.0' },
    ),
  ];
  expect(await readPart('nodes', { [paths.nodes]: nodes })).toEqual([
    {
      uid: 'uid-cp1',
      name: 'cp1',
      role: 'control-plane',
      ready: true,
      addresses: ['10.0.0.4', 'fd00::4', '203.0.113.4'],
      kubeletPort: 10250,
      kubeletVersion: 'v1.36.1+vmware.2',
      kubeProxyVersion: 'v1.32.0',
      containerRuntime: 'containerd://2.1.4',
      operatingSystem: 'linux',
      osImage: 'Photon',
    },
    expect.not.objectContaining({ kubeProxyVersion: expect.anything() }),
  ]);
});

it('services: addresses without names, ports with their defaults', async () => {
  const service = {
    metadata: { uid: 's', namespace: 'shop', name: 'front' },
    spec: {
      type: 'LoadBalancer',
      clusterIPs: ['None'],
      externalIPs: ['10.0.0.9'],
      ports: [
        { port: 80, targetPort: 'web', nodePort: 30080 },
        { name: 'dns', protocol: 'UDP', port: 53, nodePort: 0 },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.8' }, { hostname: 'lb.example' }, { ip: '10.0.0.8' }] } },
  };
  expect(await readPart('services', { [paths.services]: [service] })).toEqual([
    {
      uid: 's',
      namespace: 'shop',
      name: 'front',
      type: 'LoadBalancer',
      clusterIPs: [],
      externalIPs: ['10.0.0.9'],
      loadBalancerIPs: ['10.0.0.8'],
      ports: [
        { protocol: 'TCP', port: 80, targetPort: 'web', nodePort: 30080 },
        { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53 },
      ],
      selector: {},
    },
  ]);
});

it.each([
  [
    'rules with and without a host',
    { rules: [{ host: 'a.example' }, {}, { host: 'a.example' }], tls: [{ hosts: ['a.example'] }] },
    ['a.example', ''],
  ],
  ['a default backend alone', {}, ['']],
])('ingresses: %s', async (_, spec, hosts) => {
  const ingress = {
    metadata: { uid: 'i', namespace: 'shop', name: 'web' },
    spec,
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.8' }] } },
  };
  expect(await readPart('ingresses', { [paths.ingresses]: [ingress] })).toEqual([
    expect.objectContaining({ uid: 'i', hosts, loadBalancerIPs: ['10.0.0.8'] }),
  ]);
});

describe('backends', () => {
  const lists = {
    [paths.nodes]: [node('w1', [['InternalIP', '10.0.0.5']])],
    [paths.pods]: [pod('a', {}, { podIPs: [{ ip: '10.1.0.7' }, { ip: 'fd01::7' }] })],
    [paths.slices]: [
      slice('front', ['10.1.0.7', '10.0.0.5', '192.0.2.1']),
      slice('front', ['fd01::7'], { addressType: 'IPv6', ports: [{ port: 9090 }] }),
      slice('front', ['evil.example'], { addressType: 'FQDN' }),
      slice('front', [], { endpoints: [{ addresses: ['10.1.0.9'], conditions: { ready: false } }] }),
      { ...slice('', ['10.9.9.9']), metadata: { namespace: 'shop', labels: null } },
    ],
  };
  const expected = {
    namespace: 'shop',
    service: 'front',
    addresses: ['10.0.0.5', '10.1.0.7', '192.0.2.1', 'fd01::7'],
    ports: [8080, 9090],
  };
  it('slices of one Service together; addresses that are nobody’s are marked', async () => {
    expect(await readPart('backends', lists)).toEqual([
      { ...expected, foreign: ['192.0.2.1'], owners: [{ namespace: 'infra', kind: 'Pod', name: 'a' }] },
    ]);
  });
  it('nothing is marked where pods are unknown', async () => {
    expect(await readPart('backends', { ...lists, [paths.pods]: denied('list pods') })).toEqual([expected]);
  });
});

describe('pods with ports of their node', () => {
  const container = (more: object) => ({ name: 'c', image: 'registry.example/c:1', ...more });
  it.each<[string, unknown, unknown]>([
    [
      'host network: declared ports and those of flags',
      pod('etcd-w1', {
        hostNetwork: true,
        containers: [
          container({ command: ['etcd', '--listen-client-urls=http://0.0.0.0:12379'], ports: [{ containerPort: 2381, hostPort: 2381 }] }),
        ],
      }),
      { kind: 'Pod', name: 'etcd-w1', hostNetwork: true, ports: [2381, 12379] },
    ],
    [
      'hostPort: with what is behind it, flags do not count',
      pod('x', {
        containers: [container({ args: ['--listen=:7777'], ports: [{ containerPort: 9100, hostPort: 19100 }, { containerPort: 1 }] })],
      }),
      { hostNetwork: false, ports: [19100], containerPorts: { 19100: 9100 } },
    ],
    ['no port of the node', pod('x', { containers: [container({ ports: [{ containerPort: 80 }] })] }), undefined],
    [
      'a hostPort on loopback',
      pod('x', { containers: [container({ ports: [{ containerPort: 80, hostPort: 80, hostIP: '127.0.0.1' }] })] }),
      undefined,
    ],
    ['UDP alone', pod('x', { containers: [container({ ports: [{ containerPort: 53, hostPort: 53, protocol: 'UDP' }] })] }), undefined],
    ['a pod that is over', pod('x', { hostNetwork: true }, { phase: 'Succeeded' }), undefined],
    ['a pod that waits for a node', pod('x', { hostNetwork: true, nodeName: null }), undefined],
    [
      'an init container that stays',
      pod('x', {
        hostNetwork: true,
        initContainers: [container({ restartPolicy: 'Always', args: ['--listen=:81'] }), container({ args: ['--listen=:82'] })],
      }),
      { ports: [81], images: ['registry.example/c:1'] },
    ],
  ])('%s', async (_, one, expected) => {
    const found = await readPart('hostPods', { [paths.pods]: [one] });
    expect(found).toEqual(expected === undefined ? [] : [expect.objectContaining(expected)]);
  });
  it('names the owner as workloads do, and workloads come from the same pass', async () => {
    const owned = pod(
      'agent-x1',
      { hostNetwork: true, containers: [container({})] },
      {},
      { ownerReferences: [{ kind: 'DaemonSet', name: 'agent', controller: true }] },
    );
    const access = cluster({ [paths.pods]: { items: [owned, pod('b', {})], expiresAfter: 1 } });
    const { hostPods, workloads } = await observeView(access);
    // the list began again half-way: nothing is counted twice
    expect(hostPods).toMatchObject({ value: [{ kind: 'DaemonSet', name: 'agent', node: 'w1' }] });
    expect(workloads).toMatchObject({
      value: [
        { name: 'agent', pods: 1 },
        { name: 'b', pods: 1 },
      ],
    });
    expect(access.asked.filter((one) => one.includes('/pods'))).toEqual(['list /api/v1/pods']);
  });
  it('keeps nothing of arguments and environment but where a program listens, and passes its own schema again', () => {
    const raw = pod('x', {
      hostNetwork: true,
      containers: [
        container({ command: ['x', '--password=hunter2'], args: ['--listen=:81', 'hunter2'], env: [{ name: 'A', value: 'hunter2' }] }),
      ],
    });
    const once = Pod.parse(raw);
    expect(JSON.stringify(once)).not.toContain('hunter2');
    expect(JSON.stringify(once)).toContain('--listen=:81');
    expect(Pod.parse(once)).toEqual(once);
  });
});

it('API services: who answers, whether its certificate is looked at, and whether it is there', async () => {
  const groups = [
    {
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: { service: { namespace: 'kube-system', name: 'metrics-server' }, insecureSkipTLSVerify: true },
      status: { conditions: [{ type: 'Available', status: 'False', reason: 'MissingEndpoints' }] },
    },
    { metadata: { name: 'v1.apps' }, spec: {}, status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] } },
  ];
  expect(await readPart('apiServices', { [paths.apiServices]: groups })).toEqual([
    { name: 'v1.apps', insecureSkipTLSVerify: false, available: true, reason: 'Local' },
    {
      name: 'v1beta1.metrics.k8s.io',
      service: 'kube-system/metrics-server',
      insecureSkipTLSVerify: true,
      available: false,
      reason: 'MissingEndpoints',
    },
  ]);
});

it('flags of the API server: its own word, or its mirror pod’s; never a secret', async () => {
  expect(await readPart('apiServerFlags', {})).toEqual({ 'disable-admission-plugins': '[]', 'oidc-client-secret': '(removed)' });
  const mirror = {
    metadata: { name: 'kube-apiserver-cp1', labels: { component: 'kube-apiserver' }, annotations: { 'kubernetes.io/config.mirror': 'x' } },
    spec: {
      nodeName: 'cp1',
      containers: [{ name: 'kube-apiserver', command: ['kube-apiserver', '--enable-admission-plugins=A', '--enable-admission-plugins=B'] }],
    },
  };
  expect(await readPart('apiServerFlags', { '/api/v1/namespaces/kube-system/pods': [mirror] }, { objects: {} })).toEqual({
    'enable-admission-plugins': 'A,B',
  });
});

it('says which rights on kubelets the scan itself holds', async () => {
  expect(await readPart('ownNodeRights', {}, { onCreate: allowed('get nodes/proxy', 'get nodes/configz') })).toEqual([
    'get nodes/proxy',
    'get nodes/configz',
  ]);
});

describe('tokens without an end', () => {
  const secret = (name: string, annotations?: object) => ({
    metadata: { namespace: 'ci', name, annotations },
    data: { token: 'c2VjcmV0' },
  });
  const own = secret('deployer-token', {
    'kubernetes.io/service-account.name': 'deployer',
    'kubectl.kubernetes.io/last-applied-configuration': 'hunter2',
  });

  it('are known by the metadata of their Secrets alone', async () => {
    const access = cluster({ [secretsPath]: [own, secret('a')] }, { onCreate: allowed('list secrets/undefined') });
    const { endlessTokens } = await observeView(access);
    expect(endlessTokens).toEqual({
      read: true,
      value: [
        { namespace: 'ci', name: 'a' },
        { namespace: 'ci', name: 'deployer-token', account: 'deployer' },
      ],
    });
    expect(access.asked.filter((one) => one.includes('secrets'))).toEqual([`list ${secretsPath} (metadata)`]);
  });

  it('are unknown to whoever may not list Secrets, and nobody tries', async () => {
    const access = cluster({ [secretsPath]: [own] });
    const { endlessTokens } = await observeView(access);
    expect(endlessTokens).toMatchObject({ read: false, reason: expect.stringContaining('should not be given that right') });
    expect(access.asked.filter((one) => one.includes('secrets'))).toEqual([]);
  });
});

it('behind a Service: who made the pods, and nobody for those on the network of their node', async () => {
  const own = [pod('web-1', {}, { podIPs: [{ ip: '10.244.1.7' }] }), pod('web-2', { hostNetwork: true }, { podIPs: [{ ip: '10.0.0.5' }] })];
  const slices = [slice('front', ['10.244.1.7', '10.0.0.5', '203.0.113.9'])];
  expect(await readPart('backends', { [paths.pods]: own, [paths.slices]: slices })).toMatchObject([
    { service: 'front', owners: [{ namespace: 'infra', kind: 'Pod', name: 'web-1' }], foreign: ['203.0.113.9'] },
  ]);
});
