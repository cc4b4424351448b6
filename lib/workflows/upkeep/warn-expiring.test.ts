import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { aCluster, aProject, aWaiverRecord, storeFleet } from '../../../test/support/fleet.ts';
import { createUpkeep } from '../../../test/support/upkeep.ts';
import { warnExpiring } from './warn-expiring.ts';

let test: ReturnType<typeof createUpkeep>;
beforeEach(() => {
  test = createUpkeep();
});
afterEach(() => test.close());

const expiring = (id: string, expires?: string) =>
  aCluster({ id, credential: { kind: 'token', updatedAt: '2026-01-01T00:00:00.000Z', ...(expires === undefined ? {} : { expires }) } });
const ids = () => test.events.map(({ id }) => id);
const day = 24 * 60;

it('warns of credentials 14 days before they stop working, each once', async () => {
  // the clock of the tests stands at 2026-11-27T12:00
  await storeFleet(test.ports.records, {
    projects: [aProject()],
    clusters: [
      expiring('cls-00000000000a', '2026-12-11T12:00:00.000Z'),
      expiring('cls-00000000000b', '2026-12-11T12:00:01.000Z'),
      expiring('cls-00000000000c'),
      expiring('cls-00000000000d', '2026-11-20T00:00:00.000Z'),
    ],
  });
  await warnExpiring(test.upkeepPorts);
  expect(test.events).toMatchObject([
    { type: 'credential.expiring', data: { clusterId: 'cls-00000000000d', expires: '2026-11-20T00:00:00.000Z' } },
    { type: 'credential.expiring', subject: 'projects/prj-000000000001/clusters/cls-00000000000a', data: { name: 'shop-prod' } },
  ]);
  const warned = must(await test.ports.records.clusters.need({ projectId: 'prj-000000000001', clusterId: 'cls-00000000000a' }));
  expect(warned.value.credential.warnedAt).toBe('2026-11-27T12:00:00.000Z');
  await warnExpiring(test.upkeepPorts);
  expect(test.events).toHaveLength(2);
  test.pass(1);
  await warnExpiring(test.upkeepPorts);
  expect(ids()[2]).toBe('cls-00000000000b-credential-2026-12-11T12:00:01.000Z');
});

it('warns anew of a credential that was stored later', async () => {
  await storeFleet(test.ports.records, { clusters: [expiring('cls-00000000000a', '2026-12-01T00:00:00.000Z')] });
  await warnExpiring(test.upkeepPorts);
  const name = { projectId: 'prj-000000000001', clusterId: 'cls-00000000000a' };
  const credential = { kind: 'token', updatedAt: '2026-11-28T00:00:00.000Z', expires: '2026-12-05T00:00:00.000Z' };
  must(await test.ports.records.clusters.update(name, (cluster) => ({ ok: true, value: { ...cluster, credential } })));
  await warnExpiring(test.upkeepPorts);
  expect(ids()).toEqual(['cls-00000000000a-credential-2026-12-01T00:00:00.000Z', 'cls-00000000000a-credential-2026-12-05T00:00:00.000Z']);
});

it('warns again of whatever nobody could be told', async () => {
  await storeFleet(test.ports.records, {
    clusters: [expiring('cls-00000000000a', '2026-12-01T00:00:00.000Z')],
    waivers: [aWaiverRecord({ expires: '2026-12-01' })],
  });
  test.breaks.events = true;
  await warnExpiring(test.upkeepPorts);
  expect(test.logged).toEqual(['UPKEEP_FAILED', 'UPKEEP_FAILED']);
  test.breaks.events = false;
  await warnExpiring(test.upkeepPorts);
  expect(ids()).toEqual(['cls-00000000000a-credential-2026-12-01T00:00:00.000Z', 'wvr-000000000001-expiring']);
});

it('warns of waivers 14 days before they end, each once, and not of those that ended or were never approved', async () => {
  await storeFleet(test.ports.records, {
    waivers: [
      // until the end of the day: 14 days and 12 hours away
      aWaiverRecord({ id: 'wvr-00000000000a', expires: '2026-12-11' }),
      aWaiverRecord({ id: 'wvr-00000000000b', expires: '2026-12-10' }),
      aWaiverRecord({ id: 'wvr-00000000000c', expires: '2026-11-26' }),
      aWaiverRecord({ id: 'wvr-00000000000d', expires: '2026-12-01', state: 'requested' }),
      aWaiverRecord({ id: 'wvr-00000000000e', expires: '2026-12-01', state: 'withdrawn' }),
    ],
  });
  await warnExpiring(test.upkeepPorts);
  expect(test.events).toMatchObject([
    {
      id: 'wvr-00000000000b-expiring',
      type: 'waiver.expiring',
      data: { owner: 'Team Shop', expires: '2026-12-10', check: 'pods/privileged' },
    },
  ]);
  await warnExpiring(test.upkeepPorts);
  expect(test.events).toHaveLength(1);
  test.pass(day);
  await warnExpiring(test.upkeepPorts);
  expect(ids()).toEqual(['wvr-00000000000b-expiring', 'wvr-00000000000a-expiring']);
  const stored = must(await test.ports.records.waivers.need({ projectId: 'prj-000000000001', id: 'wvr-00000000000a' }));
  expect(stored.value.warnedAt).toBe('2026-11-28T12:00:00.000Z');
});
