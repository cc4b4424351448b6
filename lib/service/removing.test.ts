import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, scanAt, storeFleet } from '../../test/support/fleet.ts';
import { allMighty, createServicePorts, type TestService } from '../../test/support/service.ts';
import { type Cluster, kubeconfigSecret } from '../fleet/cluster.ts';
import type { ScanRecord } from '../fleet/scan.ts';
import { planSchedule } from '../fleet/schedule-rules.ts';
import { partitions } from '../records/index.ts';
import { forgetCredential } from '../workflows/scan-run/credential.ts';
import { createNamed } from './named.ts';
import { namedClusters } from './registering.ts';
import { removeCluster } from './removing.ts';

const cluster = aCluster();
const { projectId, id: clusterId } = cluster;
const name = { projectId, clusterId };
const now = '2026-11-27T12:00:00.000Z';
const done = scanAt('2026-11-01T00:00:00.000Z', { state: 'completed' });
const running = scanAt('2026-11-27T11:59:00.000Z', { state: 'running' });
const queued = scanAt('2026-11-27T11:59:30.000Z');

let service: TestService;
beforeEach(async () => {
  service = createServicePorts();
  const { records, secrets } = service.ports;
  must(await createNamed(namedClusters(records, projectId), cluster));
  must(await secrets.put(kubeconfigSecret(clusterId), 'a kubeconfig'));
  const options = { nodeFacts: false };
  const request = { preset: 'weekly', paused: false, jitterMinutes: 0, options } as const;
  must(await records.schedules.create(must(planSchedule(request, { cluster, kind: 'configuration', now }))));
});
afterEach(() => service.close());

const remove = (typed = cluster.name, ifMatch: number | undefined = 1) =>
  removeCluster(service.ports, name, typed, allMighty.actor, ifMatch);
const scanOf = async ({ id }: ScanRecord): Promise<ScanRecord> =>
  must(await service.ports.records.scans.need({ clusterId, name: id })).value;
const there = async (): Promise<Cluster> => must(await service.ports.records.clusters.need(name)).value;
const left = async () => ({
  state: (await there()).state,
  schedules: must(await service.ports.records.schedules.list(partitions.schedules(clusterId))).items.length,
  secrets: service.secrets.size,
});
const untouched = { state: 'active', schedules: 1, secrets: 1 };

it.each(['', 'Shop-Prod', 'shop-prod '])('refuses a name that is not typed exactly: "%s"', async (typed) => {
  expect(sayOf(await remove(typed))).toContain('Nothing was removed');
  expect(await left()).toEqual(untouched);
});

it('refuses when it was changed since the caller saw it, or is in another project', async () => {
  expect(codeOf(await remove(cluster.name, 7))).toBe('conflict');
  expect(codeOf(await removeCluster(service.ports, { ...name, projectId: 'default' }, cluster.name, allMighty.actor, 1))).toBe('not-found');
  expect(await left()).toEqual(untouched);
});

it('ends schedules, gives back the name, and forgets the credential; scans stay', async () => {
  await storeFleet(service.ports.records, { scans: [done] });
  must(await remove());
  expect(await left()).toEqual({ state: 'removed', schedules: 0, secrets: 0 });
  expect((await there()).removedAt).toBe(now);
  expect(await scanOf(done)).toEqual(done);
  must(await createNamed(namedClusters(service.ports.records, projectId), aCluster({ id: 'cls-000000000002' })));
});

it('asks scans that are alive to end, and leaves them the credential until the last of them has', async () => {
  await storeFleet(service.ports.records, { scans: [done, running, queued] });
  must(await remove());
  expect(await left()).toEqual({ state: 'removed', schedules: 0, secrets: 1 });
  for (const scan of [running, queued]) expect((await scanOf(scan)).cancelRequested).toEqual({ by: allMighty.actor, at: now });
  const end = ({ id }: ScanRecord) =>
    service.ports.records.scans.update({ clusterId, name: id }, (scan) => ({ ok: true, value: { ...scan, state: 'cancelled' } }));
  must(await end(running));
  expect(await forgetCredential(service.ports, name)).toBe(false);
  must(await end(queued));
  expect(await forgetCredential(service.ports, name)).toBe(true);
  expect(service.secrets.size).toBe(0);
});

it('keeps who asked first for the end of a scan', async () => {
  const by = { type: 'person', id: 'usr-00000000000b', name: 'Bob' } as const;
  await storeFleet(service.ports.records, { scans: [{ ...running, cancelRequested: { by, at: '2026-11-27T11:59:10.000Z' } }] });
  must(await remove());
  expect((await scanOf(running)).cancelRequested?.by).toEqual(by);
});

it('finishes what was interrupted when it is asked for again', async () => {
  must(await remove());
  must(await service.ports.secrets.put(kubeconfigSecret(clusterId), 'left behind'));
  service.pass(60);
  must(await remove(cluster.name, 2));
  expect(await left()).toEqual({ state: 'removed', schedules: 0, secrets: 0 });
  expect((await there()).removedAt).toBe(now);
});
