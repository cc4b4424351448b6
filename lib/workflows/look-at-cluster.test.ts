import { afterEach, expect, it } from 'vitest';
import { makePki } from '../../test/support/certificates.ts';
import { connectionTo } from '../../test/support/connection.ts';
import { denied, type FakeCluster, fakeAccess, unreachable } from '../../test/support/fake-access.ts';
import { answerJson, answerStatus, type Handler, startServer } from '../../test/support/https-server.ts';
import { connectTo } from '../adapters/kubernetes/index.ts';
import { ClusterHealth } from '../fleet/cluster.ts';
import { lookAtCluster } from './look-at-cluster.ts';

const now = '2026-11-27T10:00:00.000Z';
const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const node = (name: string, { ready = true, cordoned = false, role = '' } = {}) => ({
  metadata: { name, labels: role === '' ? {} : { [`node-role.kubernetes.io/${role}`]: '' } },
  spec: cordoned ? { unschedulable: true } : {},
  status: {
    addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    conditions: [
      { type: 'MemoryPressure', status: 'False' },
      { type: 'Ready', status: ready ? 'True' : 'Unknown' },
    ],
    nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'Ubuntu', operatingSystem: 'linux', containerRuntimeVersion: 'containerd://2' },
  },
});
const cluster = (nodes: NonNullable<FakeCluster['lists']>[string]): FakeCluster => ({
  objects: { '/version': { gitVersion: 'v1.36.3' }, '/api/v1/namespaces/kube-system': { metadata: { uid: 'uid-1' } } },
  lists: { '/api/v1/nodes': nodes },
  onCreate: () => ({ status: { userInfo: { username: 'system:serviceaccount:gatehouse:scanner' } } }),
});
const look = async (fake: FakeCluster) => {
  const seen = await lookAtCluster(fakeAccess(fake), now);
  if (!seen.ok) throw new Error(seen.failure.say);
  expect(ClusterHealth.parse(seen.value.health)).toEqual(seen.value.health);
  return seen.value;
};
const found = { uid: 'uid-1', kubernetesVersion: 'v1.36.3', actor: 'system:serviceaccount:gatehouse:scanner' };
const contact = { checkedAt: now, lastContactAt: now };

it('calls a cluster healthy whose nodes are all ready, and names those in maintenance', async () => {
  expect(await look(cluster([node('w1', { cordoned: true }), node('cp1', { role: 'control-plane' })]))).toEqual({
    health: { state: 'healthy', ...contact, kubernetesVersion: 'v1.36.3', nodes: 2, notReady: [], cordoned: ['w1'] },
    found: {
      ...found,
      nodes: [
        { name: 'cp1', role: 'control-plane', kubeletVersion: 'v1.36.3', ready: true, cordoned: false },
        { name: 'w1', role: 'worker', kubeletVersion: 'v1.36.3', ready: true, cordoned: true },
      ],
    },
  });
});

it('calls a cluster unhealthy when a node is not ready', async () => {
  expect((await look(cluster([node('a'), node('b', { ready: false })]))).health).toMatchObject({
    state: 'unhealthy',
    reason: '1 of 2 nodes is not ready: b.',
    notReady: ['b'],
  });
});

it('names twenty nodes and counts all', async () => {
  const nodes = Array.from({ length: 25 }, (_, at) => node(`w${10 + at}`, { ready: false, cordoned: true }));
  const { health } = await look(cluster(nodes));
  expect(health.reason).toMatch(/^25 of 25 nodes are not ready: w10, .*, w29 and 5 more\.$/);
  expect([health.nodes, health.notReady?.length, health.cordoned?.length]).toEqual([25, 20, 20]);
});

it('does not call a cluster without nodes healthy', async () => {
  expect((await look(cluster([]))).health).toMatchObject({
    state: 'unhealthy',
    reason: 'It has no nodes, so nothing can run on it.',
    nodes: 0,
  });
});

it('does not know how a cluster is whose nodes it may not see', async () => {
  expect(await look(cluster(denied('list nodes')))).toEqual({
    health: {
      state: 'unknown',
      ...contact,
      reason: 'Its nodes could not be looked at. The right to list nodes is missing.',
      kubernetesVersion: 'v1.36.3',
    },
    found,
  });
});

it('takes a missing right for an answer, and no answer for none', async () => {
  const withNamespace = (value: unknown): FakeCluster => ({
    ...cluster([]),
    objects: { '/version': { gitVersion: 'v1.36.3' }, '/api/v1/namespaces/kube-system': value },
  });
  expect(await look(withNamespace(denied('get namespaces')))).toMatchObject({
    health: { state: 'unknown', ...contact, reason: expect.stringContaining('may not read the namespace kube-system') },
    failure: { code: 'permission-missing' },
  });
  const gone = await look(withNamespace(unreachable()));
  expect(gone).toEqual({
    health: { state: 'unreachable', checkedAt: now, reason: 'The cluster did not answer; check the network.' },
    failure: { code: 'cluster-unreachable', say: 'The cluster did not answer; check the network.' },
  });
});

it('looks at a real server, one that refuses the credential, and none', async () => {
  const pki = await makePki();
  const api: Handler = ({ url }, response) => {
    if (url === '/version') answerJson(response, { gitVersion: 'v1.36.3' });
    else if (url.startsWith('/api/v1/namespaces')) answerJson(response, { metadata: { uid: 'uid-1' } });
    else if (url.startsWith('/api/v1/nodes')) answerJson(response, { items: [node('w1', { cordoned: true })] });
    else answerStatus(response, 404, 'not here');
  };
  const lookAt = async (handler: Handler, isUp = true) => {
    const server = await startServer(handler, { certificate: pki.server });
    closing.push(() => server.close());
    if (!isUp) await server.close();
    const connected = await connectTo(connectionTo(server.url, pki), { tries: 1 });
    if (!connected.ok) throw new Error(connected.failure.say);
    closing.push(connected.value.close);
    return lookAtCluster(connected.value.access, now);
  };
  expect(await lookAt(api)).toMatchObject({
    value: { health: { state: 'healthy', nodes: 1, cordoned: ['w1'] }, found: { uid: 'uid-1', actor: 'an unknown user' } },
  });
  expect(await lookAt((_, response) => answerStatus(response, 401, 'Unauthorized'))).toMatchObject({
    value: { health: { state: 'unreachable', reason: expect.stringContaining('refused the client certificate') } },
  });
  expect(await lookAt(api, false)).toMatchObject({
    value: { health: { state: 'unreachable', reason: expect.stringContaining('refused the connection') } },
  });
});
