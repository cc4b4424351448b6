import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { aCluster, aProject, scanAt, storeFleet } from '../../../test/support/fleet.ts';
import { createUpkeep } from '../../../test/support/upkeep.ts';
import { kubeconfigSecret } from '../../fleet/cluster.ts';
import type { ScanRecord } from '../../fleet/scan.ts';
import { restartQueued } from './restart-queued.ts';

const project = aProject();
const { clusterId } = scanAt('2026-11-27T12:00:00.000Z');
// the clock of the tests stands at 12:00 at first
const queued = scanAt('2026-11-27T12:00:00.000Z');
const running = scanAt('2026-11-27T11:59:00.000Z', { state: 'running', startedAt: '2026-11-27T12:00:00.000Z' });

let test: ReturnType<typeof createUpkeep>;
const open = async (scan: ScanRecord, run?: 'alive' | 'ended'): Promise<void> => {
  await storeFleet(test.ports.records, { projects: [project], clusters: [aCluster()], scans: [scan] });
  if (run) test.runs.set(scan.id, run);
};
const stored = async ({ id }: ScanRecord) => must(await test.ports.records.scans.need({ clusterId, name: id })).value;

beforeEach(() => {
  test = createUpkeep();
});
afterEach(() => test.close());

describe('a scan that stayed queued', () => {
  it('is left alone for two minutes, and started then', async () => {
    await open(queued);
    test.pass(1);
    await restartQueued(test.upkeepPorts, project.id);
    expect(test.started).toEqual([]);
    test.pass(1);
    await restartQueued(test.upkeepPorts, project.id);
    expect(test.started).toEqual([queued.id]);
    expect(await stored(queued), 'its run moves it').toMatchObject({ state: 'queued' });
  });

  it('is not called for every minute for hours', async () => {
    await open(queued);
    for (let minute = 0; minute < 60; minute += 1) {
      test.pass(1);
      await restartQueued(test.upkeepPorts, project.id);
    }
    expect(test.started).toHaveLength(8 + 6);
  });

  it('is started again after a start that failed', async () => {
    await open(queued);
    test.breaks.starts = true;
    test.pass(2);
    await restartQueued(test.upkeepPorts, project.id);
    expect(test.logged).toEqual(['UPKEEP_FAILED']);
    test.breaks.starts = false;
    test.pass(1);
    await restartQueued(test.upkeepPorts, project.id);
    expect(test.started).toEqual([queued.id]);
  });

  it('waits in peace while its run is alive', async () => {
    await open(queued, 'alive');
    test.pass(23 * 60);
    await restartQueued(test.watched, project.id);
    expect(test.started).toEqual([]);
  });

  it('is started where runs are watched, when there is none', async () => {
    await open(queued);
    test.pass(2);
    await restartQueued(test.watched, project.id);
    expect(test.started).toEqual([queued.id]);
    expect(await stored(queued)).toMatchObject({ state: 'queued' });
  });

  it('is failed when its run has ended: that one is never started again', async () => {
    await open(queued, 'ended');
    test.pass(2);
    await restartQueued(test.watched, project.id);
    expect(await stored(queued)).toMatchObject({ state: 'failed', reason: expect.stringContaining('Run it again.') });
    expect(test.events.map(({ id, type }) => [id, type])).toEqual([[`${queued.id}-failed`, 'scan.failed']]);
  });

  it('is timed out after a day and a while where runs are not watched', async () => {
    await open(queued);
    test.pass(24 * 60 + 30);
    await restartQueued(test.upkeepPorts, project.id);
    expect(await stored(queued)).toMatchObject({ state: 'queued' });
    test.pass(1);
    await restartQueued(test.upkeepPorts, project.id);
    expect(await stored(queued)).toMatchObject({ state: 'timed-out', reason: expect.stringContaining('a whole day') });
  });
});

describe('a scan that runs', () => {
  const hold = async () => {
    const { lanes, slots } = test.ports.records;
    must(await lanes.create({ clusterId, kind: running.kind, scanId: running.id, since: running.queuedAt }));
    must(
      await slots.create({
        projectId: project.id,
        running: [
          { clusterId, scanId: running.id },
          { clusterId, scanId: 'another' },
        ],
      }),
    );
  };

  it('is left alone for its limit and half an hour, and ended then; lane and place are free', async () => {
    await open(running);
    await hold();
    test.pass(90);
    await restartQueued(test.upkeepPorts, project.id);
    expect(await stored(running)).toMatchObject({ state: 'running' });
    test.pass(1);
    await restartQueued(test.upkeepPorts, project.id);
    expect(await stored(running)).toMatchObject({ state: 'timed-out', reason: expect.stringContaining('its run is gone') });
    expect(await test.ports.records.lanes.get({ clusterId, name: running.kind })).toBeUndefined();
    expect((await test.ports.records.slots.get(project.id))?.value.running).toEqual([{ clusterId, scanId: 'another' }]);
    expect(test.started).toEqual([]);
  });

  it('goes on beyond its limit while its run is alive', async () => {
    await open(running, 'alive');
    test.pass(600);
    await restartQueued(test.watched, project.id);
    expect(await stored(running)).toMatchObject({ state: 'running' });
  });

  it('is failed at once when its run is gone', async () => {
    await open(running, 'ended');
    test.pass(1);
    await restartQueued(test.watched, project.id);
    expect(await stored(running)).toMatchObject({ state: 'failed', reason: expect.stringContaining('before the scan was done') });
  });

  it('is judged by its time where nobody knows of its run', async () => {
    await open(running);
    const unknowing = { ...test.upkeepPorts, isAlive: async () => undefined };
    test.pass(90);
    await restartQueued(unknowing, project.id);
    expect(await stored(running)).toMatchObject({ state: 'running' });
    test.pass(1);
    await restartQueued(unknowing, project.id);
    expect(await stored(running)).toMatchObject({ state: 'timed-out' });
  });

  it('is cancelled when that was asked for', async () => {
    await open({ ...running, cancelRequested: { by: running.trigger.actor, at: '2026-11-27T12:00:00.000Z' } }, 'ended');
    await restartQueued(test.watched, project.id);
    expect(await stored(running)).toMatchObject({ state: 'cancelled' });
    expect(test.events.map(({ type }) => type)).toEqual(['scan.cancelled']);
  });

  it('is ended and told of the next time when nobody could be told', async () => {
    await open(running, 'ended');
    test.breaks.events = true;
    await restartQueued(test.watched, project.id);
    expect(await stored(running)).toMatchObject({ state: 'running' });
    test.breaks.events = false;
    await restartQueued(test.watched, project.id);
    await restartQueued(test.watched, project.id);
    expect(test.events.map(({ id }) => id)).toEqual([`${running.id}-failed`]);
  });

  it('stays completed when it completes while somebody looks', async () => {
    await open(running);
    const isAlive = async () => {
      must(
        await test.ports.records.scans.update({ clusterId, name: running.id }, (scan) => ({
          ok: true,
          value: { ...scan, state: 'completed' },
        })),
      );
      return false;
    };
    await restartQueued({ ...test.upkeepPorts, isAlive }, project.id);
    expect(await stored(running)).toMatchObject({ state: 'completed' });
    expect(test.events).toEqual([]);
  });
});

describe('a scan that ended without a seal', () => {
  const ended = scanAt('2026-11-27T11:00:00.000Z', {
    state: 'failed',
    reason: 'Why.',
    endedAt: '2026-11-27T12:00:00.000Z',
    unsealed: true,
  });

  it('is left to its own run for two minutes, and gets a run that seals it then: one in a quarter of an hour', async () => {
    await open(ended, 'ended');
    for (let minute = 0; minute < 31; minute += 1) {
      await restartQueued(test.watched, project.id);
      test.pass(1);
    }
    expect([...new Set(test.runs.keys())]).toEqual([ended.id, `${ended.id}-seal-0`, `${ended.id}-seal-1`, `${ended.id}-seal-2`]);
    expect(test.started.length, 'not called for every minute').toBe(8 + 3);
    expect(await stored(ended)).toEqual(ended);
    expect(test.events).toEqual([]);
  });

  it("is nobody's concern any more once it is sealed, or when it ended before every end was sealed", async () => {
    const { unsealed: _, ...old } = ended;
    await open(old);
    test.pass(60);
    await restartQueued(test.watched, project.id);
    expect(test.started).toEqual([]);
  });

  it('is what upkeep makes of a scan whose run is gone', async () => {
    await open(running, 'ended');
    await restartQueued(test.watched, project.id);
    expect(await stored(running)).toMatchObject({ state: 'failed', unsealed: true });
  });

  it('and was decided to end well is completed, not failed', async () => {
    await open({ ...running, endedAt: '2026-11-27T12:00:00.000Z', unsealed: true }, 'ended');
    await restartQueued(test.watched, project.id);
    expect(await stored(running)).toMatchObject({ state: 'completed', unsealed: true });
    expect(test.events.map(({ type }) => type)).toEqual(['scan.completed']);
  });
});

describe('the credential of a cluster that was removed', () => {
  const secret = kubeconfigSecret(clusterId);
  const remove = () =>
    test.ports.records.clusters.update({ projectId: project.id, clusterId }, (cluster) => ({
      ok: true,
      value: { ...cluster, state: 'removed' },
    }));

  it('goes with the last scan', async () => {
    await open(running, 'ended');
    const other = scanAt('2026-11-27T11:58:00.000Z', { state: 'running', startedAt: '2026-11-27T12:00:00.000Z' });
    await storeFleet(test.ports.records, { scans: [other] });
    test.runs.set(other.id, 'alive');
    test.secrets.set(secret, 'kubeconfig');
    must(await remove());
    await restartQueued(test.watched, project.id);
    expect(test.secrets.has(secret), 'another one runs').toBe(true);
    test.runs.set(other.id, 'ended');
    await restartQueued(test.watched, project.id);
    expect(test.secrets.has(secret)).toBe(false);
  });

  it('stays while the cluster is active', async () => {
    await open(running, 'ended');
    test.secrets.set(secret, 'kubeconfig');
    await restartQueued(test.watched, project.id);
    expect(test.secrets.has(secret)).toBe(true);
  });
});
