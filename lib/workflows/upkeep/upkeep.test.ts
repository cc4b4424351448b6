import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../../test/support/answers.ts';
import { aCluster, aProject, aWaiverRecord, scanAt, storeFleet } from '../../../test/support/fleet.ts';
import { createUpkeep } from '../../../test/support/upkeep.ts';
import { failed } from '../../core/failure.ts';
import { addDays, hour } from '../../core/time.ts';
import { noteWaiversUsed } from '../scan-run/waiver-use.ts';
import { upkeep } from './index.ts';
import { takeTurn } from './turn.ts';

let test: ReturnType<typeof createUpkeep>;
beforeEach(() => {
  test = createUpkeep();
});
afterEach(() => test.close());

describe('a turn', () => {
  const take = () => takeTurn(test.ports.shortLived, 'work', hour, test.ports.clock.now());
  it('is taken once in a period, at the same minute of each', async () => {
    const minutes: number[] = [];
    for (let minute = 0; minute < 180; minute += 1) {
      if (await (await take())?.done()) minutes.push(minute);
      test.pass(1);
    }
    const [first = -1, second = -1, ...more] = minutes;
    expect(first, 'what was never done is due').toBe(0);
    expect(second).toBeGreaterThan(0);
    expect(more.map((minute) => (minute - second) % 60)).toEqual(more.map(() => 0));
    expect(more).not.toEqual([]);
  });
  it('goes on where an earlier part ended', async () => {
    await (await take())?.done('here');
    const turn = await take();
    expect(turn?.after).toBe('here');
    await turn?.done();
    expect(await take()).toBeUndefined();
  });
  it('belongs to one of two who take it at once', async () => {
    const both = await Promise.all([take(), take()]);
    expect((await Promise.all(both.map((turn) => turn?.done()))).toSorted()).toEqual([false, true]);
  });
});

describe('upkeep', () => {
  it('does the cheap things every minute, and others every hour or day', async () => {
    const old = scanAt('2025-01-01T00:00:00.000Z', { state: 'failed', endedAt: '2025-01-01T00:00:00.000Z' });
    await storeFleet(test.ports.records, { projects: [aProject()], clusters: [aCluster()], scans: [old] });
    let sweeps = 0;
    const ports = {
      ...test.upkeepPorts,
      sweep: () => {
        sweeps += 1;
        return { records: 1 };
      },
    };
    await upkeep(ports);
    expect(test.logged).toEqual(['RETENTION_PASSED', 'SWEPT']);
    await storeFleet(test.ports.records, {
      scans: [scanAt('2026-11-27T11:50:00.000Z')],
      waivers: [aWaiverRecord({ expires: '2026-12-01' })],
    });
    await upkeep(ports);
    expect(test.started, 'at the next minute').toHaveLength(1);
    expect(test.events, 'not before the next hour').toEqual([]);
    test.pass(60);
    await upkeep(ports);
    expect(test.events).toHaveLength(1);
    expect(sweeps).toBe(1);
    test.pass(24 * 60);
    await upkeep(ports);
    expect(sweeps).toBe(2);
  });

  it('goes on when a part of it breaks', async () => {
    test.close();
    test = createUpkeep((store) => ({
      ...store,
      query: async (query) => (query.index === 'open' ? failed('timed-out', 'The database was busy.') : store.query(query)),
    }));
    await storeFleet(test.ports.records, { projects: [aProject()], waivers: [aWaiverRecord({ expires: '2026-12-01' })] });
    await upkeep(test.upkeepPorts);
    expect(test.logged).toEqual(['UPKEEP_FAILED', 'UPKEEP_FAILED']);
    expect(test.events).toHaveLength(1);
  });
});

describe('the use of waivers', () => {
  const used = async () => must(await test.ports.records.waivers.need({ projectId: 'prj-000000000001', id: 'wvr-000000000001' }));
  const note = (at: string) => noteWaiversUsed(test.upkeepPorts, 'prj-000000000001', ['wvr-000000000001'], at);
  it('is noted to the hour, never backwards', async () => {
    const at = '2026-11-27T12:00:00.000Z';
    await storeFleet(test.ports.records, { waivers: [aWaiverRecord()] });
    await note(at);
    expect((await used()).value.lastUsedAt).toBe(at);
    await note('2026-11-27T12:59:59.000Z');
    await note(addDays(at, -1));
    expect(await used(), 'written once').toMatchObject({ revision: 2, value: { lastUsedAt: at } });
    await note('2026-11-27T13:00:00.000Z');
    expect((await used()).value.lastUsedAt).toBe('2026-11-27T13:00:00.000Z');
  });
  it('fails nothing when the waiver is gone', async () => {
    await note('2026-11-27T12:00:00.000Z');
    expect(test.logged).toEqual(['WAIVER_USE_NOT_NOTED']);
  });
});
