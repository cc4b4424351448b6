import { expect, it } from 'vitest';
import { denied, type FakeCluster, fakeAccess } from '../../../test/support/fake-access.ts';
import { forbidden } from '../../core/facts/index.ts';
import { clusterObjectNeeds, observeClusterObjects, tokenSecretNeeds } from './cluster-objects.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const admission = '/apis/admissionregistration.k8s.io/v1';
const inDefault = (api: string, ...resources: string[]) =>
  Object.fromEntries(resources.map((resource) => [`${api}/namespaces/default/${resource}`, []]));
const tokens = (type: string) => `?fieldSelector=type=${type}`;

/** A cluster with nothing in it that serves everything a scan asks for. */
const empty: Required<Pick<FakeCluster, 'lists' | 'objects'>> = {
  objects: { '/apis': { groups: [{ name: 'apps', versions: [{ version: 'v1' }] }] } },
  lists: {
    ...Object.fromEntries(['pods', 'namespaces', 'serviceaccounts', 'secrets'].map((resource) => [`/api/v1/${resource}`, []])),
    ...Object.fromEntries(['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'].map((resource) => [`${rbac}/${resource}`, []])),
    ...Object.fromEntries(
      ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'].map((resource) => [`${admission}/${resource}`, []]),
    ),
    ...inDefault('/api/v1', 'pods', 'services', 'configmaps', 'serviceaccounts', 'persistentvolumeclaims'),
    ...inDefault('/apis/apps/v1', 'deployments', 'replicasets', 'statefulsets', 'daemonsets'),
    ...inDefault('/apis/batch/v1', 'jobs', 'cronjobs'),
    ...inDefault('/apis/networking.k8s.io/v1', 'ingresses'),
    '/api/v1/namespaces/kube-system/secrets': [],
    '/apis/networking.k8s.io/v1/networkpolicies': [],
    '/apis/certificates.k8s.io/v1/certificatesigningrequests': [],
  },
};
const withLists = (lists: FakeCluster['lists'], groups: Readonly<Record<string, readonly string[]>> = {}) =>
  fakeAccess({
    objects: {
      '/apis': { groups: Object.entries(groups).map(([name, versions]) => ({ name, versions: versions.map((version) => ({ version })) })) },
    },
    lists: { ...empty.lists, ...lists },
  });

it('reads an empty cluster whole, in few requests', async () => {
  const access = fakeAccess(empty);
  const facts = await observeClusterObjects(access);
  expect(Object.entries(facts).filter(([, slice]) => !slice.read)).toEqual([]);
  expect(facts.apiGroups).toEqual({ read: true, value: ['apps'] });
  expect(access.requests).toBeLessThanOrEqual(30);
});

it('asks for Secrets by metadata only', async () => {
  const access = fakeAccess(empty);
  await observeClusterObjects(access);
  expect(access.asked.filter((request) => request.includes('secrets'))).toEqual([
    'list /api/v1/secrets?fieldSelector=type=kubernetes.io/service-account-token (metadata)',
    'list /api/v1/namespaces/kube-system/secrets?fieldSelector=type=bootstrap.kubernetes.io/token (metadata)',
  ]);
});

it('asks for nothing beyond the rights it names', async () => {
  const access = withLists({}, { 'cilium.io': ['v2'], 'crd.antrea.io': ['v1beta1'] });
  await observeClusterObjects(access);
  const named = [...clusterObjectNeeds, ...tokenSecretNeeds].map(
    ({ apiGroup, namespace, resource }) => `${apiGroup}|${namespace ?? ''}|${resource}`,
  );
  const asked = access.asked
    .filter((request) => request.startsWith('list '))
    .map((request) => {
      const [, group = '', namespace = '', resource] =
        /^list \/(?:api|apis\/([^/]+))\/[^/]+\/(?:namespaces\/([^/]+)\/)?([^/? ]+)/.exec(request) ?? [];
      return `${group}|${namespace}|${resource}`;
    });
  expect(asked.filter((one) => !named.includes(one))).toEqual([]);
  expect(clusterObjectNeeds.some(({ resource }) => resource === 'secrets')).toBe(false);
});

it('says the missing right and never shows an empty list for it', async () => {
  const lists = Object.fromEntries(Object.keys(empty.lists).map((path) => [path, denied('list')]));
  const facts = await observeClusterObjects(fakeAccess({ lists, objects: { '/apis': denied('get /apis') } }));
  expect(Object.values(facts).filter(({ read }) => read)).toEqual([]);
  const rights = ['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'].map((name) => `list ${name}.rbac.authorization.k8s.io`);
  expect(facts.rbac).toEqual({ read: false, reason: `These rights are missing: ${rights.join(', ')}.`, missing: rights });
  expect(facts.tokenSecrets).toMatchObject({ missing: ['list secrets', 'list secrets in kube-system'] });
});

it('reduces roles and bindings', async () => {
  const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults', team: 'x' };
  const access = withLists({
    [`${rbac}/clusterroles`]: [
      { metadata: { name: 'sum' }, aggregationRule: { clusterRoleSelectors: [] }, rules: null },
      { metadata: { name: 'edit', labels }, rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }] },
    ],
    [`${rbac}/rolebindings`]: [
      {
        metadata: { name: 'b', namespace: 'shop' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
        subjects: [
          { kind: 'ServiceAccount', name: 'default' },
          { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'ann' },
        ],
      },
    ],
  });
  const { rbac: read } = await observeClusterObjects(access);
  const none = { resourceNames: [], nonResourceURLs: [] };
  expect(read).toEqual({
    read: true,
    value: {
      roles: [
        {
          kind: 'ClusterRole',
          name: 'edit',
          isBootstrap: true,
          isAggregated: false,
          rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'], ...none }],
        },
        { kind: 'ClusterRole', name: 'sum', isBootstrap: false, isAggregated: true, rules: [] },
      ],
      bindings: [
        {
          kind: 'RoleBinding',
          namespace: 'shop',
          name: 'b',
          isBootstrap: false,
          roleKind: 'ClusterRole',
          roleName: 'edit',
          subjects: [
            { kind: 'ServiceAccount', namespace: 'shop', name: 'default' },
            { kind: 'User', name: 'ann' },
          ],
        },
      ],
    },
  });
});

it('reads network policies of the CNI that is installed, once', async () => {
  const policy = (name: string, namespace?: string) => ({ metadata: { name, namespace } });
  const access = withLists(
    {
      '/apis/networking.k8s.io/v1/networkpolicies': [policy('deny', 'shop')],
      '/apis/crd.projectcalico.org/v1/networkpolicies': [policy('c', 'web')],
      '/apis/crd.projectcalico.org/v1/globalnetworkpolicies': [policy('g')],
    },
    { 'crd.projectcalico.org': ['v1'], 'projectcalico.org': ['v3'], 'cilium.io': ['v2alpha1'] },
  );
  const { networkPolicies } = await observeClusterObjects(access);
  expect(networkPolicies).toEqual({
    read: true,
    value: [
      { kind: 'Calico GlobalNetworkPolicy', name: 'g' },
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'deny' },
      { kind: 'Calico NetworkPolicy', namespace: 'web', name: 'c' },
    ],
  });
  expect(access.asked.filter((request) => /list \/apis\/(projectcalico|cilium)/.test(request))).toEqual([]);
});

it('leaves network policies unread when the CNI keeps its own from us', async () => {
  const access = withLists({ '/apis/cilium.io/v2/ciliumnetworkpolicies': denied('list') }, { 'cilium.io': ['v2'] });
  expect((await observeClusterObjects(access)).networkPolicies).toEqual(forbidden('list ciliumnetworkpolicies.cilium.io'));
});

it('counts in default what people put there, not what it made', async () => {
  const made = (name: string, kind: string, owner: string) => ({
    metadata: { name, ownerReferences: [{ kind, name: owner, controller: true }] },
  });
  const access = withLists({
    '/apis/apps/v1/namespaces/default/deployments': [{ metadata: { name: 'front' } }],
    '/apis/apps/v1/namespaces/default/replicasets': [made('front-7cd5', 'Deployment', 'front'), made('r-1', 'Rollout', 'r')],
    '/api/v1/namespaces/default/pods': [made('front-7cd5-x', 'ReplicaSet', 'front-7cd5'), { metadata: { name: 'alone' } }],
  });
  expect(await observeClusterObjects(access)).toMatchObject({
    defaultNamespace: {
      value: [
        { kind: 'Deployment', name: 'front' },
        { kind: 'Pod', name: 'alone' },
        { kind: 'ReplicaSet', name: 'r-1' },
      ],
    },
  });
});

it('tells tokens by what it asked for', async () => {
  const access = withLists({
    [`/api/v1/secrets${tokens('kubernetes.io/service-account-token')}`]: [
      { metadata: { name: 'ci', namespace: 'shop' }, data: { token: 'x' } },
    ],
    [`/api/v1/namespaces/kube-system/secrets${tokens('bootstrap.kubernetes.io/token')}`]: [
      { metadata: { name: 'bootstrap-token-a', namespace: 'kube-system' } },
    ],
  });
  expect((await observeClusterObjects(access)).tokenSecrets).toEqual({
    read: true,
    value: [
      { type: 'bootstrap.kubernetes.io/token', namespace: 'kube-system', name: 'bootstrap-token-a' },
      { type: 'kubernetes.io/service-account-token', namespace: 'shop', name: 'ci' },
    ],
  });
});

it('reads certificate requests without the request', async () => {
  const access = withLists({
    '/apis/certificates.k8s.io/v1/certificatesigningrequests': [
      {
        metadata: { name: 'ann' },
        spec: { request: 'LS0t', signerName: 'kubernetes.io/kube-apiserver-client', username: 'boss', usages: ['client auth'] },
        status: { conditions: [{ type: 'Approved' }] },
      },
      { metadata: { name: 'bob' }, spec: { signerName: 'example.com/x' } },
    ],
  });
  expect((await observeClusterObjects(access)).certificateRequests).toEqual({
    read: true,
    value: [
      { name: 'ann', signer: 'kubernetes.io/kube-apiserver-client', requester: 'boss', usages: ['client auth'], approved: true },
      { name: 'bob', signer: 'example.com/x', requester: '', usages: [], approved: false },
    ],
  });
});

it('reduces webhooks and policies, and finds the bindings that deny', async () => {
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }];
  const kept = [{ apiGroups: [''], resources: ['pods'], operations: ['CREATE'] }];
  const selector = { matchExpressions: [{ key: 'a', operator: 'Exists' }] };
  const binding = (name: string, policyName: string, validationActions: string[]) => ({
    metadata: { name },
    spec: { policyName, validationActions },
  });
  const access = withLists({
    [`${admission}/validatingwebhookconfigurations`]: [
      {
        metadata: { name: 'engine' },
        webhooks: [
          {
            name: 'v.engine',
            clientConfig: { caBundle: 'LS0t', service: { namespace: 'engine', name: 'svc', port: 443 } },
            rules,
            namespaceSelector: selector,
          },
          {
            name: 'w.engine',
            failurePolicy: 'Ignore',
            clientConfig: { url: 'https://engine.example:8443/validate' },
            namespaceSelector: {},
          },
        ],
      },
      { metadata: { name: 'none' } },
    ],
    [`${admission}/validatingadmissionpolicies`]: [
      {
        metadata: { name: 'p' },
        spec: { matchConstraints: { resourceRules: rules, namespaceSelector: {} }, validations: [{ expression: 'true' }] },
      },
    ],
    [`${admission}/validatingadmissionpolicybindings`]: [
      binding('warns', 'p', ['Warn']),
      binding('denies', 'p', ['Deny', 'Audit']),
      binding('other', 'q', ['Deny']),
    ],
  });
  const { admission: read } = await observeClusterObjects(access);
  const webhook = { kind: 'ValidatingWebhookConfiguration', configuration: 'engine' };
  expect(read).toEqual({
    read: true,
    value: {
      webhooks: [
        {
          ...webhook,
          name: 'v.engine',
          failurePolicy: 'Fail',
          target: 'engine/svc',
          rules: kept,
          namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: [] }] },
        },
        { ...webhook, name: 'w.engine', failurePolicy: 'Ignore', target: 'engine.example:8443', rules: [], namespaceSelector: {} },
      ],
      policies: [
        { name: 'p', failurePolicy: 'Fail', rules: kept, namespaceSelector: {}, denyBindings: [{ name: 'denies' }], expressions: ['true'] },
      ],
    },
  });
});
