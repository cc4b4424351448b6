import { describe, expect, it } from 'vitest';
import { makePki } from '../../../test/support/certificates.ts';
import { denied, fakeAccess, unreachable } from '../../../test/support/fake-access.ts';
import { type Slice, seen, unseen } from '../../core/facts/index.ts';
import { failed, succeed } from '../../core/failure.ts';
import type { ServedApi } from '../../core/gate/index.ts';
import { observeClusterApi, secondsOf } from './cluster-api.ts';
import { observeServedApis } from './discovery.ts';
import { HealthText, observeApiHealth, observeCertificate } from './health.ts';
import { withKubeletFlags } from './kubelet-flags.ts';
import * as read from './objects.ts';
import { observeServiceBackends } from './services.ts';
import { observeSettings, withProxyImage } from './settings.ts';
import { observeStorage } from './storage.ts';
import { authoritiesIn, observeWebhooks } from './webhooks.ts';

const value = <T>(slice: Slice<T>): T => {
  if (!slice.read) throw new Error(slice.reason);
  return slice.value;
};
const meta = (name: string, more: object = {}) => ({ metadata: { namespace: 'shop', name, ...more } });

describe('objects', () => {
  it('reads budgets', async () => {
    const path = '/apis/policy/v1/poddisruptionbudgets';
    const spec = { minAvailable: '100%', selector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } };
    const items = [
      { ...meta('b'), spec, status: { disruptionsAllowed: 0, expectedPods: 2, currentHealthy: 2, desiredHealthy: 2 } },
      meta('a'),
    ];
    const zero = { disruptionsAllowed: 0, expectedPods: 0, currentHealthy: 0, desiredHealthy: 0 };
    expect(await read.observeBudgets(fakeAccess({ lists: { [path]: items } }))).toEqual(
      seen([
        { namespace: 'shop', name: 'a', selector: null, ...zero },
        {
          namespace: 'shop',
          name: 'b',
          selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: [] }] },
          minAvailable: '100%',
          disruptionsAllowed: 0,
          expectedPods: 2,
          currentHealthy: 2,
          desiredHealthy: 2,
        },
      ]),
    );
    expect(await read.observeBudgets(fakeAccess({ lists: { [path]: [{ ...meta('b'), spec: { minAvailable: {} } }] } }))).toMatchObject({
      read: false,
    });
  });

  it('reads roll-outs of every kind, and none unless all are', async () => {
    const template = { spec: { containers: [{ image: 'a:1' }, {}], initContainers: [{ image: 'a:1' }] } };
    const progressing = { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] };
    const lists = {
      '/apis/apps/v1/deployments': [
        {
          ...meta('web', { generation: 3 }),
          spec: { paused: true, template },
          status: { observedGeneration: 2, updatedReplicas: 1, ...progressing },
        },
      ],
      '/apis/apps/v1/statefulsets': [{ ...meta('db'), spec: { replicas: 0, template } }],
      '/apis/apps/v1/daemonsets': [
        { ...meta('agent'), spec: { template }, status: { desiredNumberScheduled: 5, updatedNumberScheduled: 4, numberAvailable: 3 } },
      ],
    };
    const common = { namespace: 'shop', images: ['a:1'], selector: null, generation: 0, observedGeneration: 0, paused: false };
    expect(await read.observeGateWorkloads(fakeAccess({ lists }))).toEqual(
      seen([
        { ...common, kind: 'DaemonSet', name: 'agent', replicas: 5, updated: 4, available: 3 },
        { ...common, kind: 'StatefulSet', name: 'db', replicas: 0, updated: 0, available: 0 },
        {
          ...common,
          kind: 'Deployment',
          name: 'web',
          replicas: 1,
          updated: 1,
          available: 0,
          generation: 3,
          observedGeneration: 2,
          paused: true,
          stuck: 'ProgressDeadlineExceeded',
        },
      ]),
    );
    const refused = { ...lists, '/apis/apps/v1/daemonsets': denied('x') };
    expect(await read.observeGateWorkloads(fakeAccess({ lists: refused }))).toMatchObject({ missing: ['list daemonsets.apps'] });
  });

  it('reads custom resources, and takes a cluster without their API for one without any', async () => {
    const crd = {
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Thing' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { huge: true } }],
        conversion: { strategy: 'Webhook', webhook: { clientConfig: { service: { namespace: 'ops', name: 'convert' } } } },
      },
      status: { storedVersions: ['v1alpha1', 'v1'], conditions: [{ type: 'Established', status: 'True' }] },
    };
    const lists = { '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': [crd] };
    expect(await read.observeCrds(fakeAccess({ lists }))).toEqual(
      seen([
        {
          name: 'things.example.com',
          group: 'example.com',
          kind: 'Thing',
          versions: [{ name: 'v1', served: true, storage: true, deprecated: false }],
          storedVersions: ['v1alpha1', 'v1'],
          conversion: { strategy: 'Webhook', service: { namespace: 'ops', name: 'convert', port: 443 } },
          nonStructural: false,
          established: true,
        },
      ]),
    );
    expect(await read.observeCrds(fakeAccess({}))).toEqual(seen([]));
  });

  it('reads aggregated APIs, signing requests and ingress classes', async () => {
    const lists = {
      '/apis/apiregistration.k8s.io/v1/apiservices': [
        {
          metadata: { name: 'v1beta1.metrics' },
          spec: { service: { namespace: 'kube-system', name: 'metrics' } },
          status: { conditions: [{ type: 'Available', status: 'False', reason: 'MissingEndpoints' }] },
        },
        { metadata: { name: 'v1.' }, spec: {}, status: { conditions: [{ type: 'Available', status: 'True' }] } },
      ],
      '/apis/certificates.k8s.io/v1/certificatesigningrequests': [
        { metadata: { name: 'b', creationTimestamp: '2026-01-01T00:00:00Z' }, spec: { signerName: 's' }, status: {} },
        { metadata: { name: 'a' }, spec: { signerName: 's' }, status: { conditions: [{ type: 'Denied' }] } },
      ],
      '/apis/networking.k8s.io/v1/ingressclasses': [{ metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } }],
    };
    const access = fakeAccess({ lists });
    expect(value(await read.observeGateApiServices(access))).toEqual([
      { name: 'v1.', available: true },
      { name: 'v1beta1.metrics', service: { namespace: 'kube-system', name: 'metrics' }, available: false, reason: 'MissingEndpoints' },
    ]);
    expect(value(await read.observeSigningRequests(access))).toEqual([
      { name: 'a', signer: 's', createdAt: '', pending: false },
      { name: 'b', signer: 's', createdAt: '2026-01-01T00:00:00Z', pending: true },
    ]);
    expect(value(await read.observeIngressClasses(access))).toEqual([{ name: 'nginx', controller: 'k8s.io/ingress-nginx' }]);
  });

  it('finds the newest backup that completed, and knows where there is no Velero', async () => {
    const path = '/apis/velero.io/v1/backups';
    const backup = (name: string, phase: string, completionTimestamp?: string) => ({
      ...meta(name),
      status: { phase, completionTimestamp },
    });
    const items = [
      backup('old', 'Completed', '2026-01-01T00:00:00Z'),
      backup('new', 'Completed', '2026-02-01T00:00:00Z'),
      backup('bad', 'PartiallyFailed', '2026-03-01T00:00:00Z'),
      meta('begun'),
    ];
    expect(value(await read.observeBackups(fakeAccess({ lists: { [path]: items } })))).toEqual({
      installed: true,
      newest: { namespace: 'shop', name: 'new', completedAt: '2026-02-01T00:00:00Z' },
    });
    expect(value(await read.observeBackups(fakeAccess({ lists: { [path]: [] } })))).toEqual({ installed: true });
    expect(value(await read.observeBackups(fakeAccess({})))).toEqual({ installed: false });
    expect(await read.observeBackups(fakeAccess({ lists: { [path]: denied('x') } }))).toMatchObject({
      missing: ['list backups.velero.io'],
    });
  });

  it('counts ready endpoints, those of two families once', async () => {
    const slice = (addressType: string, addresses: readonly string[], ready?: boolean) => ({
      metadata: { namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType,
      endpoints: addresses.map((one) => ({ addresses: [one], conditions: { ready } })),
    });
    const service = (name: string) => ({
      metadata: { uid: name, namespace: 'shop', name },
      spec: { ports: [{ port: 80 }], selector: { app: 'web' } },
    });
    const lists = {
      '/api/v1/services': [service('web'), service('idle')],
      '/apis/discovery.k8s.io/v1/endpointslices': [
        slice('IPv4', ['10.0.0.1', '10.0.0.2']),
        slice('IPv6', ['fd00::1', 'fd00::2'], true),
        slice('IPv4', ['10.0.0.3'], false),
      ],
    };
    expect(value(await observeServiceBackends(fakeAccess({ lists })))).toEqual([
      { namespace: 'shop', name: 'idle', ports: [80], ready: 0, selector: { app: 'web' } },
      { namespace: 'shop', name: 'web', ports: [80], ready: 2, selector: { app: 'web' } },
    ]);
  });

  it('reads webhooks with the certificates of their bundle, whatever else is in it', async () => {
    const pem = (await makePki()).authority.cert;
    const bundle = (text: string) => Buffer.from(text).toString('base64');
    const broken = '-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n';
    const [first, ...others] = authoritiesIn(bundle(`# ours\n${pem}${broken}${pem}-----BEGIN CERTIFICATE-----`));
    expect(first).toMatchObject({ selfSigned: true, notAfter: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect([others.length, authoritiesIn('%%%'), authoritiesIn(undefined)]).toEqual([1, [], []]);
    const webhook = {
      name: 'a.example.com',
      clientConfig: { service: { namespace: 'ops', name: 'hook' } },
      matchConditions: [{ name: 'x' }],
      rules: [{ resources: ['pods'] }],
      namespaceSelector: {},
    };
    const lists = {
      '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations': [
        { metadata: { name: 'cfg' }, webhooks: [webhook] },
        { metadata: { name: 'none' } },
      ],
      '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations': [],
    };
    expect(value(await observeWebhooks(fakeAccess({ lists })))).toEqual([
      {
        kind: 'ValidatingWebhookConfiguration',
        configuration: 'cfg',
        name: 'a.example.com',
        failurePolicy: 'Fail',
        timeoutSeconds: 10,
        matchPolicy: 'Equivalent',
        service: { namespace: 'ops', name: 'hook', port: 443 },
        rules: [{ apiGroups: [], apiVersions: [], resources: ['pods'], operations: [], scope: '*' }],
        namespaceSelector: {},
        matchConditions: 1,
        authorities: [],
      },
    ]);
  });

  it('reads volumes by their source, and attachments that hang', async () => {
    const attachment = (name: string, metadata: object, status?: object) => ({
      metadata: { name, ...metadata },
      spec: { nodeName: 'w1', source: { persistentVolumeName: 'pv' } },
      status,
    });
    const [old, young] = ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'];
    const lists = {
      '/api/v1/persistentvolumes': [
        {
          metadata: { name: 'b' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            capacity: {},
            storageClassName: 'x',
            csi: { driver: 'csi.example.com', volumeHandle: 'x' },
            claimRef: { namespace: 'shop', name: 'db' },
          },
        },
        { metadata: { name: 'a' }, spec: { vsphereVolume: { volumePath: 'x' } } },
        { metadata: { name: 'c' }, spec: {} },
      ],
      '/apis/storage.k8s.io/v1/storageclasses': [{ metadata: { name: 'fast' }, provisioner: 'kubernetes.io/vsphere-volume' }],
      '/apis/storage.k8s.io/v1/csidrivers': [{ metadata: { name: 'csi.example.com' } }],
      '/apis/storage.k8s.io/v1/volumeattachments': [
        attachment('fine', { creationTimestamp: old }, { attached: true }),
        attachment('begun', { creationTimestamp: young }),
        attachment('stuck', { creationTimestamp: old }, { attached: false, attachError: { message: 'no\n  disk' } }),
        attachment('leaving', { creationTimestamp: old, deletionTimestamp: young }, { attached: true }),
        attachment('left', { creationTimestamp: old, deletionTimestamp: old }, { attached: true }),
      ],
    };
    expect(value(await observeStorage(fakeAccess({ lists }), '2026-06-01T00:01:00Z'))).toEqual({
      volumes: [
        { name: 'a', source: 'vsphereVolume', accessModes: [] },
        { name: 'b', source: 'csi', driver: 'csi.example.com', claim: 'shop/db', accessModes: ['ReadWriteOnce'] },
        { name: 'c', source: 'unknown', accessModes: [] },
      ],
      classes: [{ name: 'fast', provisioner: 'kubernetes.io/vsphere-volume' }],
      drivers: ['csi.example.com'],
      hanging: [
        { name: 'left', node: 'w1', volume: 'pv', why: 'is not detached' },
        { name: 'stuck', node: 'w1', volume: 'pv', why: 'is not attached: no disk' },
      ],
    });
  });
});

describe('settings', () => {
  const path = (name: string) => `/api/v1/namespaces/kube-system/configmaps/${name}`;
  const observe = (kubeadm?: unknown, kubelet?: unknown, proxy?: unknown) =>
    observeSettings(
      fakeAccess({
        objects: Object.fromEntries(
          Object.entries({ [path('kubeadm-config')]: kubeadm, [path('kubelet-config')]: kubelet, [path('kube-proxy')]: proxy }).filter(
            ([, one]) => one !== undefined,
          ),
        ),
      }),
    );
  const kubeadm = (text: string) => ({ data: { ClusterConfiguration: text } });

  it('reads what kubeadm keeps, arguments in both forms and without secrets', async () => {
    const list =
      'apiServer:\n  extraArgs:\n  - {name: feature-gates, value: A=true}\n  - {name: feature-gates, value: B=true}\n  - {name: token, value: s3cret}\n';
    const map =
      'scheduler:\n  extraArgs: { v: "2" }\netcd: { external: { endpoints: [x], keyFile: /x } }\nfeatureGates: { EtcdLearnerMode: true }\n';
    const settings = await observe(
      kubeadm(`apiVersion: kubeadm.k8s.io/v1beta4\nkubernetesVersion: v1.36.3\n${list}${map}`),
      { data: { kubelet: 'failCgroupV1: false\ncgroupDriver: systemd\neventRecordQPS: 0\nfeatureGates: {X: false}' } },
      { data: { 'config.conf': 'mode: ipvs\nclientConnection: { kubeconfig: x }' } },
    );
    expect(settings).toEqual(
      seen({
        kubeadm: {
          apiVersion: 'kubeadm.k8s.io/v1beta4',
          kubernetesVersion: 'v1.36.3',
          externalEtcd: true,
          featureGates: { EtcdLearnerMode: true },
          extraArgs: {
            apiServer: { 'feature-gates': 'A=true,B=true', token: '(removed)' },
            controllerManager: {},
            scheduler: { v: '2' },
            etcd: {},
          },
        },
        kubelet: { featureGates: { X: false }, failCgroupV1: false, eventRecordQPS: 0, cgroupDriver: 'systemd' },
        kubeProxy: { mode: 'ipvs', featureGates: {} },
      }),
    );
    const workload = { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy', images: ['x/kube-proxy:v1'] } as never;
    expect(withProxyImage(settings, seen([workload]))).toMatchObject({ value: { kubeProxy: { mode: 'ipvs', image: 'x/kube-proxy:v1' } } });
    expect(withProxyImage(settings, unseen('x'))).toBe(settings);
  });
  it('has no parts where kubeadm was not', async () => {
    expect(await observe()).toEqual(seen({}));
  });
  it.each(['', ': [', 'just text', 'apiVersion: 7', '&a [*a, *a]', 'a: &a [1]\nb: *c'])(
    'is unread where the document is %j',
    async (text) => {
      expect(await observe(kubeadm(text))).toMatchObject({ read: false, reason: expect.stringContaining('kube-system/kubeadm-config') });
    },
  );
  it('names every missing right', async () => {
    expect(await observe(denied('x'), denied('y'))).toMatchObject({
      missing: ['get configmaps kubeadm-config in kube-system', 'get configmaps kubelet-config in kube-system'],
    });
  });
});

describe('the API server about itself', () => {
  const health = (readyz: unknown, livez: unknown = 'livez check passed') =>
    observeApiHealth(
      fakeAccess({ objects: { '/readyz': readyz, '/livez': livez } }),
      Promise.resolve(seen({ calls: [], stored: new Map(), databaseBytes: 7 })),
    );
  it('names what fails, once', async () => {
    expect(await health('[+]ping ok\nreadyz check passed\n')).toEqual(seen({ failing: [], databaseBytes: 7 }));
    const failing =
      '[+]ping ok\n[-]etcd failed: reason withheld\n[-]poststarthook/x failed: reason withheld\n[+]log ok\nreadyz check failed\n';
    expect(await health(failing, '[-]etcd failed: x\nlivez check failed')).toMatchObject({
      value: { failing: ['etcd', 'poststarthook/x'] },
    });
    expect(await health('readyz check failed')).toMatchObject({ value: { failing: ['readyz'] } });
    expect(HealthText.parse(HealthText.parse(failing))).toBe(HealthText.parse(failing));
  });
  it('is unread where the answer is none, or is not given', async () => {
    expect(await health('<html>Sign in</html>')).toMatchObject({ read: false, reason: expect.stringContaining('/readyz') });
    expect(await health(denied('x'))).toMatchObject({ missing: ['get /readyz'] });
    expect(await health(unreachable())).toMatchObject({ read: false, reason: expect.stringContaining('did not answer') });
  });
  it('shows its certificate', async () => {
    const none = { probe: async () => succeed({ endpoint: 'x', weakSuitesAccepted: [], suitesOffered: [] }) };
    const silent = { probe: async () => failed('cluster-unreachable', 'no answer') };
    expect(await observeCertificate(fakeAccess({}), none)).toMatchObject({ read: false });
    expect(await observeCertificate(fakeAccess({}), silent)).toEqual(unseen('no answer'));
    expect(await observeCertificate({ ...fakeAccess({}), server: 'http://x' }, none)).toMatchObject({ read: false });
  });
  it('says what it serves without aggregated discovery, too', async () => {
    const objects = {
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': {
        kind: 'APIGroupList',
        groups: [
          { name: 'apps', versions: [{ groupVersion: 'apps/v1' }] },
          { name: 'gone', versions: [{ groupVersion: 'gone/v1' }] },
        ],
      },
      '/api/v1': {
        resources: [
          { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list'] },
          { name: 'pods/log', kind: 'Pod' },
        ],
      },
      '/apis/apps/v1': { resources: null },
    };
    expect(value(await observeServedApis(fakeAccess({ objects })))).toEqual([
      { groupVersion: 'v1', resources: [{ name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list'] }] },
      { groupVersion: 'apps/v1', resources: [] },
      { groupVersion: 'gone/v1', resources: [] },
    ]);
    expect(await observeServedApis(fakeAccess({ objects: { ...objects, '/apis': { kind: 'Status' } } }))).toMatchObject({ read: false });
    expect(await observeServedApis(fakeAccess({ objects: { '/apis': objects['/apis'] } }))).toMatchObject({ read: false });
  });
});

describe('Cluster API', () => {
  const served = (resources: Readonly<Record<string, readonly (readonly [string, string])[]>>): Slice<readonly ServedApi[]> =>
    seen(
      Object.entries(resources).map(([groupVersion, all]) => ({
        groupVersion,
        resources: all.map(([name, kind]) => ({ name, kind, namespaced: true, verbs: ['list'] })),
      })),
    );
  const observe = (apis: Slice<readonly ServedApi[]>, lists: Record<string, readonly unknown[]>) =>
    observeClusterApi(fakeAccess({ lists }), apis);
  const root = '/apis/cluster.x-k8s.io';

  it('reads both versions of its objects, in the version that the server prefers', async () => {
    const apis = served({
      'cluster.x-k8s.io/v1beta2': [
        ['machinedeployments', 'MachineDeployment'],
        ['machinepoolsother', 'Other'],
      ],
      'cluster.x-k8s.io/v1beta1': [
        ['machinedeployments', 'MachineDeployment'],
        ['machines', 'Machine'],
      ],
      'clusterctl.cluster.x-k8s.io/v1alpha3': [['providers', 'Provider']],
    });
    const found = await observe(apis, {
      [`${root}/v1beta2/machinedeployments`]: [
        {
          ...meta('pool', { deletionTimestamp: '2026-01-01T00:00:00Z' }),
          spec: { replicas: 3, template: { spec: { version: 'v1.36.3', deletion: { nodeDrainTimeoutSeconds: 0 } } } },
          status: { readyReplicas: 2, conditions: [{ type: 'Available', status: 'False', reason: 'X', message: 'y'.repeat(900) }] },
        },
      ],
      [`${root}/v1beta1/machines`]: [
        {
          ...meta('m', {
            annotations: {
              'cluster.x-k8s.io/paused': '',
              'machine.cluster.x-k8s.io/certificates-expiry': '2027-01-01T00:00:00Z',
              'cluster.x-k8s.io/conversion-data': '{}',
              other: 'x',
            },
          }),
          spec: { version: 'v1.35.0', nodeDrainTimeout: '10m' },
          status: { v1beta2: { conditions: [{ type: 'Ready', status: 'True', message: '' }] } },
        },
      ],
      '/apis/clusterctl.cluster.x-k8s.io/v1alpha3/providers': [{ ...meta('cluster-api'), version: 'v1.14.0' }],
    });
    expect(value(found)).toEqual({
      isInstalled: true,
      objects: [
        {
          kind: 'Machine',
          apiVersion: 'cluster.x-k8s.io/v1beta1',
          namespace: 'shop',
          name: 'm',
          version: 'v1.35.0',
          paused: true,
          annotations: { 'cluster.x-k8s.io/paused': '', 'machine.cluster.x-k8s.io/certificates-expiry': '2027-01-01T00:00:00Z' },
          conditions: { Ready: { status: 'True' } },
          nodeDrainTimeoutSeconds: 600,
          certificatesExpireAt: '2027-01-01T00:00:00Z',
          deleting: false,
        },
        {
          kind: 'MachineDeployment',
          apiVersion: 'cluster.x-k8s.io/v1beta2',
          namespace: 'shop',
          name: 'pool',
          version: 'v1.36.3',
          paused: false,
          annotations: {},
          conditions: { Available: { status: 'False', reason: 'X', message: 'y'.repeat(500) } },
          replicas: 3,
          readyReplicas: 2,
          nodeDrainTimeoutSeconds: 0,
          deleting: true,
        },
        {
          kind: 'Provider',
          apiVersion: 'clusterctl.cluster.x-k8s.io/v1alpha3',
          namespace: 'shop',
          name: 'cluster-api',
          version: 'v1.14.0',
          paused: false,
          annotations: {},
          conditions: {},
          deleting: false,
        },
      ],
    });
  });
  it('is not there where it is not served, and unknown where nobody can tell', async () => {
    expect(await observe(served({}), {})).toEqual(seen({ isInstalled: false, objects: [] }));
    expect(await observe(unseen('no discovery'), {})).toEqual(unseen('no discovery'));
    const apis = served({ 'cluster.x-k8s.io/v1beta2': [['machines', 'Machine']] });
    expect(await observe(apis, { [`${root}/v1beta2/machines`]: [{ metadata: { name: 7 } }] })).toMatchObject({ read: false });
  });
  it('tells the flags of the kubelets it makes', async () => {
    const apis = served({
      'controlplane.cluster.x-k8s.io/v1beta2': [['kubeadmcontrolplanes', 'KubeadmControlPlane']],
      'bootstrap.cluster.x-k8s.io/v1beta1': [['kubeadmconfigtemplates', 'KubeadmConfigTemplate']],
    });
    const registration = (kubeletExtraArgs: unknown) => ({ nodeRegistration: { kubeletExtraArgs } });
    const list = [{ name: 'cloud-provider', value: 'external' }];
    const lists = {
      '/apis/controlplane.cluster.x-k8s.io/v1beta2/kubeadmcontrolplanes': [
        {
          ...meta('cp'),
          spec: {
            kubeadmConfigSpec: { initConfiguration: registration(list), joinConfiguration: registration([{ name: 'v', value: '2' }]) },
          },
        },
      ],
      '/apis/bootstrap.cluster.x-k8s.io/v1beta1/kubeadmconfigtemplates': [
        { ...meta('md'), spec: { template: { spec: { joinConfiguration: registration({ 'feature-gates': 'A=true' }) } } } },
      ],
    };
    expect(await withKubeletFlags(fakeAccess({ lists }), seen({}), apis)).toEqual(
      seen({
        kubeletFlags: [
          { kind: 'KubeadmConfigTemplate', namespace: 'shop', name: 'md', flags: { 'feature-gates': 'A=true' } },
          { kind: 'KubeadmControlPlane', namespace: 'shop', name: 'cp', flags: { 'cloud-provider': 'external', v: '2' } },
        ],
      }),
    );
    const refused = fakeAccess({ lists: { '/apis/controlplane.cluster.x-k8s.io/v1beta2/kubeadmcontrolplanes': denied('x') } });
    expect(await withKubeletFlags(refused, seen({}), apis)).toEqual(seen({}));
    expect(await withKubeletFlags(fakeAccess({}), seen({}), served({}))).toEqual(seen({}));
  });
  it('reads durations', () => {
    expect(['10m', '1h30m', '0s', '0', '1.5s', '500ms', '', 'soon', '10', undefined].map(secondsOf)).toEqual([
      600,
      5400,
      0,
      0,
      1.5,
      0.5,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
