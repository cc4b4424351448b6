import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { aCluster, aProject, storeFleet } from '../../test/support/fleet.ts';
import { createUpkeep } from '../../test/support/upkeep.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { scanIdOf } from '../fleet/scan-id.ts';
import { type Schedule, ScheduleRequest } from '../fleet/schedule.ts';
import { planSchedule } from '../fleet/schedule-rules.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { runNameOf } from '../ports/scan-starter.ts';
import { partitions } from '../records/index.ts';
import { type Dispatched, type DispatchPorts, dispatchDueScans } from './dispatch-due-scans.ts';

const clusterId = 'cls-000000000001';

/** What interferes with the ports: called before and after every write, start and publication, and may throw as a process that dies does. */
interface Interference {
  before?(what: string): void | Promise<void>;
  after?(what: string): void;
}
let interference: Interference = {};
const interfere = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  await interference.before?.(what);
  const done = await work();
  interference.after?.(what);
  return done;
};
const whatOf = (sk: string): string => (sk.startsWith('SCAN#') ? 'record' : sk.startsWith('SCHEDULE#') ? 'advance' : 'other');
const around = (store: RecordStore): RecordStore => ({
  ...store,
  put: (record, expected) => interfere(whatOf(record.sk), () => store.put(record, expected)),
});

let test: ReturnType<typeof createUpkeep>;
let ports: DispatchPorts;
/** Runs as they were made: one of a name, however often it is started. */
let runs: Set<string>;
beforeEach(async () => {
  interference = {};
  test = createUpkeep(around);
  runs = new Set();
  ports = {
    records: test.ports.records,
    events: { publish: (all) => interfere('event', () => test.upkeepPorts.events.publish(all)) },
    starter: {
      start: (run) =>
        interfere('start', async (): Promise<Result<void>> => {
          runs.add(runNameOf(run));
          return test.upkeepPorts.starter.start(run);
        }),
    },
    log: test.upkeepPorts.log,
  };
  await storeFleet(test.ports.records, { projects: [aProject()], clusters: [aCluster()] });
});
afterEach(() => test.close());

/** Stores a schedule that was made at a time; 11:45 daily unless the test says otherwise. */
const plan = async (
  at: string,
  request: Partial<ScheduleRequest> = { cron: '45 11 * * *' },
  change: Partial<Schedule> = {},
): Promise<Schedule> => {
  const cluster = aCluster({ id: change.clusterId ?? clusterId });
  const schedule = { ...must(planSchedule(ScheduleRequest.parse(request), { cluster, kind: 'configuration', now: at })), ...change };
  must(await test.ports.records.schedules.create(schedule));
  return schedule;
};
const scheduleNow = async () => must(await test.ports.records.schedules.need({ clusterId, name: 'configuration' })).value;
const scans = async () => {
  const found = [];
  for await (const { value } of test.ports.records.scans.all(partitions.scans(clusterId))) found.push(value);
  return found;
};
const idAt = (slot: string): string => scanIdOf({ kind: 'configuration', clusterId, at: slot });
const now = '2026-11-27T12:00:00.000Z';
const nothing: Dispatched = { started: 0, missed: 0, failed: 0, oldestSeconds: 0 };

describe('a schedule that is due', () => {
  it('is scanned once: record, run, next slot; before its time and afterwards nothing happens', async () => {
    await plan('2026-11-27T00:00:00.000Z');
    expect(await dispatchDueScans(ports, '2026-11-27T11:44:59.999Z')).toEqual(nothing);
    expect(await dispatchDueScans(ports, '2026-11-27T11:45:00.000Z')).toEqual({ ...nothing, started: 1 });
    const slot = '2026-11-27T11:45:00.000Z';
    expect(await scans()).toMatchObject([{ id: idAt(slot), state: 'queued', trigger: { type: 'schedule', slot }, queuedAt: slot }]);
    expect(test.started).toEqual([idAt(slot)]);
    expect(await scheduleNow()).toMatchObject({ lastSlot: slot, nextSlot: '2026-11-28T11:45:00.000Z' });
    expect(await dispatchDueScans(ports, now)).toEqual(nothing);
  });

  it('of a late tick is scanned all the same, and its lateness told', async () => {
    await plan('2026-11-27T00:00:00.000Z');
    expect(await dispatchDueScans(ports, now)).toEqual({ ...nothing, started: 1, oldestSeconds: 900 });
  });
});

describe('slots that nobody was there for', () => {
  const missed = ['2026-11-24', '2026-11-25', '2026-11-26'].map((date) => `${date}T11:45:00.000Z`);
  it('are recorded as skipped and to be sealed, each with an event; the latest is run', async () => {
    await plan('2026-11-24T00:00:00.000Z');
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 1, missed: 3 });
    const found = await scans();
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      ...missed.map((slot) => [idAt(slot), 'skipped']),
      [idAt('2026-11-27T11:45:00.000Z'), 'queued'],
    ]);
    expect(found[0]).toMatchObject({
      reason: expect.stringContaining('Nobody was there'),
      endedAt: now,
      trigger: { slot: missed[0] },
      unsealed: true,
    });
    expect(test.events).toMatchObject(
      missed.map((slot) => ({ id: `${idAt(slot)}-skipped`, type: 'schedule.skipped', data: { slot, clusterId } })),
    );
    expect(test.started).toEqual([idAt('2026-11-27T11:45:00.000Z')]);
  });

  it('are none lost after an absence of a year: a hundred at a time', async () => {
    await plan('2025-11-27T00:00:00.000Z');
    const ticks: Dispatched[] = [];
    do ticks.push(await dispatchDueScans(ports, now));
    while (ticks.at(-1)?.missed === 100);
    expect(ticks.map(({ started, missed }) => [started, missed])).toEqual([
      [0, 100],
      [0, 100],
      [0, 100],
      [1, 65],
    ]);
    expect(await scans()).toHaveLength(366);
    expect(new Set(test.events.map(({ id }) => id)).size).toBe(365);
  });

  it('are told of the next time when nobody could be told', async () => {
    await plan('2026-11-26T00:00:00.000Z');
    test.breaks.events = true;
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 0, failed: 1 });
    expect(test.logged).toEqual(['SCHEDULE_DISPATCH_FAILED']);
    test.breaks.events = false;
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 1, missed: 1, failed: 0 });
    expect(test.events).toHaveLength(1);
    expect(await scans()).toHaveLength(2);
  });
});

describe('a dispatcher that dies', () => {
  const points = ['record', 'event', 'start', 'advance'].flatMap((what) => [['before', what] as const, ['after', what] as const]);
  it.each(points)('%s the %s repeats harmlessly', async (when, what) => {
    await plan('2026-11-26T00:00:00.000Z');
    let isDying = true;
    interference = {
      [when]: (at: string) => {
        // from its death on nothing of it happens
        if (at === what && isDying) throw new Error('killed');
      },
    };
    const ticks = [await dispatchDueScans(ports, now)];
    expect(ticks[0]).toMatchObject({ failed: 1 });
    isDying = false;
    ticks.push(await dispatchDueScans(ports, '2026-11-27T12:01:00.000Z'));
    expect(await dispatchDueScans(ports, '2026-11-27T12:02:00.000Z'), 'all is done').toEqual(nothing);
    expect((await scans()).map(({ state }) => state)).toEqual(['skipped', 'queued']);
    expect([...runs]).toEqual([idAt('2026-11-27T11:45:00.000Z')]);
    expect([...new Set(test.events.map(({ id }) => id))]).toEqual([`${idAt('2026-11-26T11:45:00.000Z')}-skipped`]);
    expect(await scheduleNow()).toMatchObject({ nextSlot: '2026-11-28T11:45:00.000Z', lastSlot: '2026-11-27T11:45:00.000Z' });
  });

  it('is heard when the starter refuses: the schedule stays due', async () => {
    await plan('2026-11-27T00:00:00.000Z');
    test.breaks.starts = true;
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 0, failed: 1 });
    expect(await scheduleNow()).not.toHaveProperty('lastSlot');
    test.breaks.starts = false;
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 1, failed: 0 });
    expect([...runs]).toHaveLength(1);
  });
});

describe('two dispatchers at once', () => {
  it('start each scan once', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `cls-${String(at).padStart(12, '0')}`);
    for (const id of ids) await plan('2026-11-26T00:00:00.000Z', { cron: '45 11 * * *' }, { clusterId: id });
    await Promise.all([dispatchDueScans(ports, now), dispatchDueScans(ports, now)]);
    expect(runs.size).toBe(40);
    const states: string[] = [];
    for (const id of ids) for await (const { value } of test.ports.records.scans.all(partitions.scans(id))) states.push(value.state);
    expect(states.toSorted()).toEqual([...Array(40).fill('queued'), ...Array(40).fill('skipped')]);
    expect(await dispatchDueScans(ports, now)).toEqual(nothing);
  });
});

describe('a person who changes the schedule in between', () => {
  const byPerson = (change: (schedule: Schedule) => Schedule) => {
    let isDone = false;
    interference = {
      before: async (what) => {
        if (what !== 'start' || isDone) return;
        isDone = true;
        must(await test.ports.records.schedules.update({ clusterId, name: 'configuration' }, (schedule) => succeed(change(schedule))));
      },
    };
  };
  it('keeps the change, and what was started stays started', async () => {
    await plan('2026-11-27T00:00:00.000Z');
    byPerson((schedule) => ({
      ...schedule,
      cron: '0 18 * * *',
      nextSlot: '2026-11-27T18:00:00.000Z',
      nextRunAt: '2026-11-27T18:00:00.000Z',
    }));
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 1, failed: 0 });
    expect(await scheduleNow()).toMatchObject({ cron: '0 18 * * *', nextSlot: '2026-11-27T18:00:00.000Z' });
    expect(await dispatchDueScans(ports, '2026-11-27T18:00:00.000Z')).toMatchObject({ started: 1 });
    expect([...runs]).toEqual([idAt('2026-11-27T11:45:00.000Z'), idAt('2026-11-27T18:00:00.000Z')]);
  });
  it('who only renames nothing that matters does not make the slot run twice', async () => {
    await plan('2026-11-27T00:00:00.000Z');
    byPerson((schedule) => ({ ...schedule, updatedAt: now }));
    await dispatchDueScans(ports, now);
    await dispatchDueScans(ports, now);
    expect([...runs]).toEqual([idAt('2026-11-27T11:45:00.000Z')]);
    expect(await scheduleNow()).toMatchObject({ nextSlot: '2026-11-28T11:45:00.000Z' });
  });
});

describe('many at once', () => {
  const many = async (count: number) => {
    for (let at = 0; at < count; at += 1)
      await plan('2026-11-27T00:00:00.000Z', { cron: '45 11 * * *' }, { clusterId: `cls-${String(at).padStart(12, '0')}` });
  };
  it('are capped in each shard, and the next tick goes on where this one ended', async () => {
    await many(60);
    const first = await dispatchDueScans(ports, now, 2);
    expect(first.started).toBeLessThanOrEqual(2 * 16);
    let started = first.started;
    for (let tick = 0; tick < 10; tick += 1) started += (await dispatchDueScans(ports, now, 2)).started;
    expect([started, runs.size]).toEqual([60, 60]);
  });

  it('come in pages, all of them', async () => {
    // a page holds 200 of one of 16 shards: smaller pages show the same with fewer schedules
    test.close();
    test = createUpkeep((store) => ({ ...store, query: (query) => store.query({ ...query, limit: 2 }) }));
    ports = { ...ports, records: test.ports.records, events: test.upkeepPorts.events };
    await many(100);
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 100, failed: 0 });
    expect(runs.size).toBe(100);
  });

  it('one that cannot be handled does not keep the others', async () => {
    await many(20);
    const bad = idFor('cls-000000000007');
    ports = {
      ...ports,
      starter: {
        start: async (run) => (runNameOf(run) === bad ? failed('timed-out', 'Nobody answers.') : succeed(void runs.add(runNameOf(run)))),
      },
    };
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 19, failed: 1 });
    expect(runs.size).toBe(19);
  });
  it('those that always fail do not hold up the rest of their shard', async () => {
    await many(120);
    const bad = new Set(Array.from({ length: 60 }, (_, at) => idFor(`cls-${String(at).padStart(12, '0')}`)));
    ports = {
      ...ports,
      starter: {
        start: async (run) => (bad.has(runNameOf(run)) ? failed('timed-out', 'Nobody answers.') : succeed(void runs.add(runNameOf(run)))),
      },
    };
    for (let times = 0; times < 20; times += 1) await dispatchDueScans(ports, now, 3);
    expect(runs.size).toBe(60);
  });

  it('a tick ends when all of them fail', async () => {
    await many(100);
    test.breaks.starts = true;
    const { started, failed: tried } = await dispatchDueScans(ports, now, 1);
    expect(started).toBe(0);
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThanOrEqual(3 * 16);
  });

  it('one record that cannot be read does not keep the others: it is logged and counted', async () => {
    await many(20);
    const key = { pk: 'CLUSTER#cls-000000000007', sk: 'SCHEDULE#configuration' };
    const stored = await test.store.get(key);
    must(await test.store.put({ ...key, data: { schemaVersion: 1, value: {} }, indexes: stored?.indexes ?? {} }, { revision: 1 }));
    expect(await dispatchDueScans(ports, now)).toMatchObject({ started: 19, failed: 1 });
    expect(test.logged).toEqual(['SCHEDULE_UNREADABLE']);
  });

  it('a shard that cannot be listed does not end the tick of the others', async () => {
    await many(60);
    const { schedules } = test.ports.records;
    const list: typeof schedules.list = async (query) => {
      if (query.pk.endsWith('3')) throw new Error('Nobody answers.');
      return schedules.list(query);
    };
    const broken = { ...ports, records: { ...ports.records, schedules: { ...schedules, list } } };
    const first = await dispatchDueScans(broken, now);
    expect(first.failed).toBeGreaterThan(0);
    expect(first.started).toBeGreaterThan(0);
    expect(test.logged).toContain('SHARD_DISPATCH_FAILED');
    expect(first.started + (await dispatchDueScans(ports, now)).started).toBe(60);
  });
  const idFor = (id: string): string => scanIdOf({ kind: 'configuration', clusterId: id, at: '2026-11-27T11:45:00.000Z' });
});

describe('when clocks are changed', () => {
  /** Ticks every ten minutes, and answers when scans were started. */
  const tickThrough = async (from: string, hours: number): Promise<string[]> => {
    const times: string[] = [];
    for (let minute = 0; minute < 60 * hours; minute += 10) {
      const at = new Date(Date.parse(from) + 60_000 * minute).toISOString();
      const { started, missed } = await dispatchDueScans(ports, at);
      expect(missed).toBe(0);
      if (started > 0) times.push(at);
    }
    return times;
  };
  it('forward, a slot in the missing hour runs once, right after it', async () => {
    await plan('2026-03-28T12:00:00.000Z', { cron: '30 2 * * *', timeZone: 'Europe/Zurich' });
    // 02:00 becomes 03:00 at 01:00 UTC
    expect(await tickThrough('2026-03-28T23:00:00.000Z', 30)).toEqual([
      expect.stringMatching(/^2026-03-29T01:/),
      '2026-03-30T00:30:00.000Z',
    ]);
  });
  it('back, a slot in the hour that comes twice runs once', async () => {
    await plan('2026-10-24T12:00:00.000Z', { cron: '30 2 * * *', timeZone: 'Europe/Zurich' });
    expect(await tickThrough('2026-10-24T22:00:00.000Z', 30)).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });
});
