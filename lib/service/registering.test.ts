import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, storeFleet } from '../../test/support/fleet.ts';
import { createScanning, labUid, type Scanning } from '../../test/support/scanning.ts';
import { kubeconfigSecret } from '../fleet/cluster.ts';
import { credentialOf, namedClusters, otherCluster, see, seeRegistered, twinOf } from './registering.ts';

let service: Scanning;
beforeEach(async () => {
  service = await createScanning();
});
afterEach(() => service.close());

const at = '2026-11-27T12:00:00.000Z';

it('sees who a cluster is and how it does, and closes the connection', async () => {
  expect(await see(service.ports, 'lab')).toMatchObject({ uid: labUid, health: { state: 'healthy', checkedAt: at, lastContactAt: at } });
  expect(service.state.closed).toBe(1);
});

it('calls one that does not answer unreachable, with the reason', async () => {
  expect(await see(service.ports, 'away')).toEqual({ health: { state: 'unreachable', checkedAt: at, reason: 'Nobody answers there.' } });
});

it('closes the connection also when looking breaks', async () => {
  const connect: typeof service.ports.connector.connect = async (...given) => {
    const connected = must(await service.ports.connector.connect(...given));
    const get = () => {
      throw new Error('a defect');
    };
    return { ok: true, value: { ...connected, access: { ...connected.access, get } } };
  };
  await expect(see({ ...service.ports, connector: { ...service.ports.connector, connect } }, 'lab')).rejects.toThrow('a defect');
  expect(service.state.closed).toBe(1);
});

it('looks at a registered cluster by its stored kubeconfig, if there is one', async () => {
  const { id } = aCluster();
  expect(codeOf(await seeRegistered(service.ports, id))).toBe('not-found');
  must(await service.ports.secrets.put(kubeconfigSecret(id), 'lab'));
  expect(must(await seeRegistered(service.ports, id)).uid).toBe(labUid);
});

it('says of a credential what it says of itself', () => {
  const summary = { server: 'https://a', clusterName: 'a', credential: 'token' };
  expect(credentialOf(summary, at)).toEqual({ kind: 'token', updatedAt: at });
  expect(credentialOf({ ...summary, credentialExpires: at }, at)).toEqual({ kind: 'token', updatedAt: at, expires: at });
});

it('finds the twin among the active clusters of the same project', async () => {
  const [twin, old, stranger] = [
    aCluster({ uid: 'u1' }),
    aCluster({ id: 'cls-000000000002', uid: 'u2', state: 'removed' }),
    aCluster({ id: 'cls-000000000003' }),
  ];
  await storeFleet(service.ports.records, { clusters: [twin, old, stranger] });
  const { records } = service.ports;
  expect(await twinOf(records, twin.projectId, 'u1')).toEqual(twin);
  expect(await twinOf(records, twin.projectId, 'u2')).toBeUndefined();
  expect(await twinOf(records, 'prj-000000000002', 'u1')).toBeUndefined();
  expect(sayOf(otherCluster(twin))).toContain(`"${twin.name}"`);
});

it('shows the clusters of one project by id only', async () => {
  const cluster = aCluster();
  await storeFleet(service.ports.records, { clusters: [cluster] });
  const { entities, scope } = namedClusters(service.ports.records, cluster.projectId);
  expect(scope).toBe(`clusters/${cluster.projectId}`);
  expect((await entities.get(cluster.id))?.value).toEqual(cluster);
  expect(must(await entities.need(cluster.id)).revision).toBe(1);
  expect(must(await entities.update(cluster.id, (one) => ({ ok: true, value: { ...one, description: 'x' } }))).revision).toBe(2);
  expect(await namedClusters(service.ports.records, 'prj-000000000002').entities.get(cluster.id)).toBeUndefined();
  must(await entities.remove(cluster.id));
  expect(await entities.get(cluster.id)).toBeUndefined();
});
