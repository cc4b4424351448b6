import { describe, expect, it } from 'vitest';
import { denied, fakeAccess } from '../../../test/support/fake-access.ts';
import { forbidden } from '../../core/facts/index.ts';
import { failed, succeed } from '../../core/failure.ts';
import { observeApiServerFlagz, observeApiServerTls, observeComponents, observeKubeProxy } from './control-plane.ts';
import { ComponentPod, KubeProxyConfigMap } from './control-plane-schema.ts';
import { observeNodes } from './nodes.ts';

const pods = '/api/v1/namespaces/kube-system/pods';
const mirror = { 'kubernetes.io/config.mirror': 'x' };
const pod = (name: string, container: object, annotations: object = mirror) => ({
  metadata: { name, annotations },
  spec: { nodeName: 'cp1', containers: [{ name: 'main', image: 'i:1', ...container }] },
});
const components = async (...items: readonly object[]) => {
  const slice = await observeComponents(fakeAccess({ lists: { [pods]: items } }));
  return slice.read ? slice.value : [];
};

describe('components', () => {
  it('are mirror pods, by their program and not by their name', async () => {
    const found = await components(
      pod('my-own-name', { command: ['/usr/local/bin/kube-apiserver', '--profiling=false'] }),
      pod('kube-apiserver-evil', { command: ['sleep'] }),
      pod('kube-apiserver-fake', { command: ['kube-apiserver', '--anonymous-auth=false'] }, {}),
    );
    expect(found).toEqual([
      { component: 'kube-apiserver', node: 'cp1', pod: 'my-own-name', image: 'i:1', flags: { profiling: ['false'] }, env: {} },
    ]);
  });

  it('have flags from command and args, and settings of etcd from the environment', async () => {
    const [etcd] = await components(
      pod('etcd-cp1', {
        command: ['etcd', '--name=a'],
        args: ['--cert-file=/c'],
        env: [
          { name: 'ETCD_CLIENT_CERT_AUTH', value: 'true' },
          { name: 'HOME', value: '/' },
          { name: 'ETCD_X', valueFrom: {} },
        ],
      }),
    );
    expect(etcd).toMatchObject({ component: 'etcd', flags: { name: ['a'], 'cert-file': ['/c'] }, env: { ETCD_CLIENT_CERT_AUTH: 'true' } });
  });

  it('of an image that starts the program itself are known by their label', async () => {
    const [scheduler] = await components({
      ...pod('x', { args: ['--profiling=false'] }),
      metadata: { name: 'x', annotations: mirror, labels: { component: 'kube-scheduler' } },
    });
    expect(scheduler).toMatchObject({ component: 'kube-scheduler', flags: { profiling: ['false'] } });
  });

  it('behind a shell say that they cannot be read, and their script is not kept', async () => {
    const script = pod('kube-apiserver-cp1', { command: ['sh', '-c', 'export PASSWORD=hunter2; kube-apiserver --profiling=false'] });
    expect(await components(script)).toMatchObject([
      { component: 'kube-apiserver', flags: {}, env: {}, unreadable: expect.stringContaining('A shell') },
    ]);
    const once = ComponentPod.parse(script);
    expect(JSON.stringify(once)).not.toMatch(/hunter2|profiling/);
    expect(await components(once)).toMatchObject([{ unreadable: expect.stringContaining('A shell') }]);
  });

  it('that may not be listed name the right', async () =>
    expect(await observeComponents(fakeAccess({ lists: { [pods]: denied('list pods') } }))).toEqual(forbidden('list pods in kube-system')));

  it('lose command lines of ordinary pods and secrets of all, and pass the schema again', () => {
    const raw = pod('a', {
      command: ['kube-apiserver', '--token=abc', '--auth-secret', 'abc', '--a=b'],
      env: [
        { name: 'ETCD_PASSWORD', value: 'p' },
        { name: 'KEY', value: 'k' },
      ],
    });
    const once = ComponentPod.parse(raw);
    expect(JSON.stringify(once)).not.toMatch(/abc|"p"|"k"/);
    expect(ComponentPod.parse(JSON.parse(JSON.stringify(once)))).toEqual(JSON.parse(JSON.stringify(once)));
    const stranger = ComponentPod.parse(pod('kube-vip-cp1', { command: ['kube-vip', '--pass=hunter2'] }));
    expect(JSON.stringify(stranger)).not.toMatch(/hunter2/);
    const ordinary = ComponentPod.parse(pod('b', { command: ['app', '--password=hunter2'], env: [{ name: 'A', value: 'secret' }] }, {}));
    expect(JSON.stringify(ordinary)).not.toMatch(/hunter2|secret/);
  });
});

describe('nodes', () => {
  const node = (name: string, labels: object, more: object = {}) => ({
    metadata: { name, labels: { ...labels, 'example.com/owner': 'x' } },
    status: {
      addresses: [
        { type: 'Hostname', address: name },
        { type: 'InternalIP', address: '10.0.0.1' },
        { type: 'InternalIP', address: 'fd00::1' },
      ],
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'Photon', operatingSystem: 'linux', containerRuntimeVersion: 'containerd://2' },
      ...more,
    },
  });

  it('have a role, internal addresses and a kubelet port', async () => {
    const slice = await observeNodes(
      fakeAccess({
        lists: {
          '/api/v1/nodes': [
            node('w', {}),
            node(
              'c',
              { 'node-role.kubernetes.io/control-plane': '' },
              { daemonEndpoints: { kubeletEndpoint: { Port: 10350 } }, conditions: [{ type: 'Ready', status: 'Unknown' }] },
            ),
          ],
        },
      }),
    );
    expect(slice.read && slice.value).toMatchObject([
      { name: 'c', role: 'control-plane', ready: false, kubeletPort: 10350 },
      { name: 'w', role: 'worker', ready: true, kubeletPort: 10250, addresses: ['10.0.0.1', 'fd00::1'] },
    ]);
  });
});

describe('/flagz', () => {
  const nodes = { read: true, value: [{ name: 'cp1', addresses: ['10.0.0.1'] }] } as never;

  it('tells the flags of the instance that answered', async () => {
    const slice = await observeApiServerFlagz(
      fakeAccess({ objects: { '/flagz': { flags: { 'advertise-address': '10.0.0.1', profiling: 'true' } } } }),
      nodes,
    );
    expect(slice).toEqual({ read: true, value: { node: 'cp1', flags: { 'advertise-address': '10.0.0.1', profiling: 'true' } } });
  });

  it.each([
    ['is not served', {}, 'The API server does not serve /flagz, which is on by default from Kubernetes 1.36.'],
    ['may not be read', { '/flagz': denied('get /flagz') }, 'The right to get /flagz is missing.'],
  ])('%s', async (_what, objects, reason) =>
    expect(await observeApiServerFlagz(fakeAccess({ objects }), nodes)).toMatchObject({ read: false, reason }),
  );
});

describe('kube-proxy', () => {
  const daemonSet = '/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy';
  const configMap = '/api/v1/namespaces/kube-system/configmaps/kube-proxy';
  const running = { spec: { template: { spec: { containers: [{ name: 'kube-proxy', command: ['kube-proxy', '--config=/c'] }] } } } };

  it.each([
    [
      'its address from the ConfigMap',
      { [daemonSet]: running, [configMap]: { data: { 'config.conf': 'metricsBindAddress: 0.0.0.0:10249\n' } } },
      { read: true, value: { present: true, metricsBindAddress: '0.0.0.0:10249', flags: { config: ['/c'] } } },
    ],
    ['why it could not look', { [daemonSet]: denied('get daemonsets') }, forbidden('get daemonsets.apps kube-proxy in kube-system')],
    [
      'its flag where there is no configuration file',
      {
        [daemonSet]: {
          spec: {
            template: {
              spec: {
                containers: [
                  { name: 'proxy-helper', command: ['helper', '--config=/x'] },
                  { name: 'kube-proxy', command: ['/bin/kube-proxy', '--metrics-bind-address', '0.0.0.0'] },
                ],
              },
            },
          },
        },
      },
      { read: true, value: { present: true, flags: { 'metrics-bind-address': ['0.0.0.0'] } } },
    ],
    [
      'that its file is not in the ConfigMap',
      { [daemonSet]: running, [configMap]: { data: {} } },
      { read: false, reason: expect.stringContaining('config.conf') },
    ],
    [
      'that its configuration is broken',
      { [daemonSet]: running, [configMap]: { data: { 'config.conf': '{' } } },
      { read: false, reason: expect.stringContaining('no configuration that can be read') },
    ],
  ])('tells %s', async (_what, objects, expected) => expect(await observeKubeProxy(fakeAccess({ objects }))).toEqual(expected));
});

describe('kube-proxy without a DaemonSet', () => {
  const proxy = (name: string, argv: readonly string[]) => pod(name, { name: 'kube-proxy', args: argv });
  const observe = (items: readonly object[]) => observeKubeProxy(fakeAccess({ lists: { [pods]: items } }));

  it('is not there when nothing runs it', async () =>
    expect(await observe([])).toEqual({ read: true, value: { present: false, flags: {} } }));

  it('may be a static pod of every node', async () =>
    expect(await observe([proxy('kube-proxy-w2', []), proxy('kube-proxy-w1', ['--metrics-bind-address=0.0.0.0'])])).toEqual({
      read: true,
      value: { present: true, flags: { 'metrics-bind-address': ['0.0.0.0'] }, staticPod: 'kube-proxy-w1' },
    }));

  it('cannot be judged when its settings are in a file of the node', async () =>
    expect(await observe([proxy('kube-proxy-w1', ['--config=/c'])])).toEqual({ read: false, reason: expect.stringContaining('/c') }));

  it('needs the right to list pods', async () =>
    expect(await observeKubeProxy(fakeAccess({ lists: { [pods]: denied('list pods') } }))).toEqual(forbidden('list pods in kube-system')));
});

it('keeps of ConfigMaps only the settings that are used, twice as once', () => {
  const once = KubeProxyConfigMap.parse({ data: { 'config.conf': 'metricsBindAddress: ""\nclientConnection: {kubeconfig: /k}\n' } });
  expect(once).toEqual({ data: { 'config.conf': 'metricsBindAddress: ""\n' } });
  expect(KubeProxyConfigMap.parse(once)).toEqual(once);
  const broken = KubeProxyConfigMap.parse({ data: { 'config.conf': '{' } });
  expect(KubeProxyConfigMap.parse(broken)).toEqual(broken);
});

describe('TLS', () => {
  const fact = { endpoint: 'fake:6443', weakSuitesAccepted: [], suitesOffered: ['A'] };

  it('is tried with the address of the API server', async () => {
    const asked: unknown[] = [];
    const tls = {
      probe: async (endpoint: unknown, suites: readonly string[]) => {
        asked.push(endpoint, suites);
        return succeed(fact);
      },
    };
    expect(await observeApiServerTls(fakeAccess({}), tls, ['A'])).toEqual({ read: true, value: fact });
    expect(asked).toEqual([{ host: 'fake', port: 6443 }, ['A']]);
  });

  it('that does not answer has a reason', async () =>
    expect(await observeApiServerTls(fakeAccess({}), { probe: async () => failed('cluster-unreachable', 'No answer.') }, [])).toEqual({
      read: false,
      reason: 'No answer.',
    }));
});
