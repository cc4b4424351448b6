import { describe, expect, it } from 'vitest';
import { addMinutes } from '../core/time.ts';
import { scanKinds } from '../reports/report.ts';
import { jitterOf } from './jitter.ts';
import { Schedule, ScheduleRequest } from './schedule.ts';
import { overdue, type Planned, planSchedule, runAt, scheduleFrom } from './schedule-rules.ts';

const now = '2026-11-27T23:30:00.000Z';
const cluster = { id: 'cls-0123456789ab', projectId: 'default', timeZone: 'Europe/Zurich', registeredAt: '2026-11-21T23:30:00Z' };
const plan = (request: object, more: Partial<Planned> = {}) =>
  planSchedule(ScheduleRequest.parse(request), { cluster, kind: 'configuration', now, ...more });
const planned = (request: object, more: Partial<Planned> = {}): Schedule => {
  const schedule = plan(request, more);
  if (!schedule.ok) throw new Error(schedule.failure.say);
  return schedule.value;
};

describe('planSchedule', () => {
  it('makes a schedule of a preset, in the zone of the cluster', () => {
    const schedule = planned({ preset: 'every-two-weeks' });
    expect(Schedule.parse(schedule)).toEqual(schedule);
    expect(schedule).toMatchObject({
      cron: '0 0 * * 0',
      timeZone: 'Europe/Zurich',
      // Sunday already where the cluster is
      anchor: '2026-11-22',
      nextSlot: '2026-12-05T23:00:00.000Z',
      nextRunAt: '2026-12-05T23:00:00.000Z',
      createdAt: now,
      updatedAt: now,
    });
    expect(planned({ preset: 'weekly' })).not.toHaveProperty('anchor');
  });

  it('makes one of five fields, in a zone of its own, and keeps when it was first made', () => {
    const schedule = planned({ cron: '30  2 * * *', timeZone: 'Asia/Tokyo' }, { createdAt: '2026-01-01T00:00:00Z' });
    expect(schedule).toMatchObject({ cron: '30 2 * * *', timeZone: 'Asia/Tokyo', nextSlot: '2026-11-28T17:30:00.000Z' });
    expect(schedule).toMatchObject({ createdAt: '2026-01-01T00:00:00Z', updatedAt: now });
    expect(schedule).not.toHaveProperty('preset');
  });

  it('has no next slot while paused, and goes on from the moment it is no longer', () => {
    const paused = planned({ preset: 'weekly', paused: true });
    expect(paused).not.toHaveProperty('nextSlot');
    expect(paused).not.toHaveProperty('nextRunAt');
    expect(scheduleFrom({ ...paused, paused: false }, '2027-01-01T00:00:00Z').nextSlot).toBe('2027-01-02T23:00:00.000Z');
  });

  it.each([
    [{ cron: '0 0 31 2 *' }, '"0 0 31 2 *" never comes'],
    [{ cron: '0 0 31 4,6 *', paused: true }, 'never comes'],
    [{ cron: '0 0 * *' }, 'exactly five fields'],
    [{ cron: '0 0 * * 9' }, 'day of week field "9"'],
    [{ preset: 'weekly', timeZone: 'Europe/Atlantis' }, 'no time zone "Europe/Atlantis"'],
  ])('refuses %j', (request, say) => {
    const schedule = plan(request);
    expect(schedule).toMatchObject({ ok: false, failure: { code: 'input-invalid', say: expect.stringContaining(say) } });
  });

  it('does without fields that no schema let through', () => {
    expect(planSchedule({ paused: false, jitterMinutes: 0, options: { nodeFacts: false } }, { cluster, kind: 'sbom', now }).ok).toBe(false);
  });

  it.each([
    ['configuration', '0 * * * *', '0,59 * * * *', '1 min'],
    ['penetration', '0 */6 * * *', '0 */5 * * *', '4 h'],
    ['sbom', '30 0,6,12,18 * * *', '30 0,6,11 * * *', '5 h'],
    ['conformance', '0 2 * * *', '0 0,12 * * 6', '12 h'],
  ] as const)('%s: %s may be, %s may not', (kind, most, tooMuch, span) => {
    // in a zone with daylight saving, where "daily" has one day of 23 hours
    expect(plan({ cron: most }, { kind }).ok).toBe(true);
    const refused = plan({ cron: tooMuch }, { kind });
    expect(refused.ok ? '' : refused.failure.say).toContain(`"${tooMuch}" runs again after ${span}; between two ${kind} scans`);
  });
});

describe('jitter', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `cls-${index.toString(16).padStart(12, '0')}`);

  it('is 0 when there is none, and never more than asked for', () => {
    expect(ids.every((id) => jitterOf(id, 'sbom', 0) === 0)).toBe(true);
    const minutes = ids.map((id) => jitterOf(id, 'sbom', 9));
    expect(new Set(minutes)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  it('spreads a fleet evenly', () => {
    const counts = Map.groupBy(ids, (id) => jitterOf(id, 'configuration', 9));
    for (const [, { length }] of counts) expect(Math.abs(length - 200)).toBeLessThan(60);
  });

  it('is the same every time, and another one for another kind', () => {
    const [id = ''] = ids;
    expect(jitterOf(id, 'sbom', 240)).toBe(jitterOf(id, 'sbom', 240));
    expect(new Set(scanKinds.map((kind) => jitterOf(id, kind, 240))).size).toBeGreaterThan(1);
  });

  it('moves the start, not the slot', () => {
    const schedule = planned({ preset: 'weekly', jitterMinutes: 240 });
    const minutes = jitterOf(cluster.id, 'configuration', 240);
    expect(schedule.nextSlot).toBe('2026-11-28T23:00:00.000Z');
    expect(schedule.nextRunAt).toBe(addMinutes('2026-11-28T23:00:00.000Z', minutes));
    expect(runAt(schedule, '2026-12-05T23:00:00.000Z')).toBe(addMinutes('2026-12-05T23:00:00.000Z', minutes));
  });
});

describe('overdue', () => {
  const hourly = planned({ cron: '0 * * * *', timeZone: 'UTC' });

  it('does nothing before the time, while paused, and when no slot is left', () => {
    expect(overdue(hourly, '2026-11-27T23:59:59.999Z')).toEqual({ missed: [], schedule: hourly });
    const { nextSlot: _, ...none } = hourly;
    expect(overdue(none, '2030-01-01T00:00:00Z')).toEqual({ missed: [], schedule: none });
    const paused = { ...hourly, paused: true };
    expect(overdue(paused, '2030-01-01T00:00:00Z')).toEqual({ missed: [], schedule: paused });
  });

  it('waits for the jitter', () => {
    const jittered = planned({ preset: 'weekly', jitterMinutes: 240 });
    const at = jittered.nextRunAt as string;
    expect(overdue(jittered, addMinutes(at, -1)).run).toBeUndefined();
    expect(overdue(jittered, at).run).toBe(jittered.nextSlot);
  });

  it('runs a slot at its time, and moves on', () => {
    const slot = '2026-11-28T00:00:00.000Z';
    const { run, missed, schedule } = overdue(hourly, slot);
    expect([run, missed]).toEqual([slot, []]);
    expect(schedule).toMatchObject({ lastSlot: slot, nextSlot: '2026-11-28T01:00:00.000Z', nextRunAt: '2026-11-28T01:00:00.000Z' });
    expect(overdue(schedule, slot).run).toBeUndefined();
  });

  it('runs the latest after an absence, and names those it missed', () => {
    const { run, missed, schedule } = overdue(hourly, '2026-11-28T02:59:00Z');
    expect(run).toBe('2026-11-28T02:00:00.000Z');
    expect(missed).toEqual(['2026-11-28T00:00:00.000Z', '2026-11-28T01:00:00.000Z']);
    expect(schedule.nextSlot).toBe('2026-11-28T03:00:00.000Z');
  });

  it('loses none, however many there are and however few it may handle at once', () => {
    const seen: string[] = [];
    let schedule = hourly;
    let run: string | undefined;
    for (let ticks = 0; run === undefined; ticks++) {
      expect(ticks).toBeLessThan(20);
      const handled = overdue(schedule, '2026-12-01T00:30:00Z', 5);
      seen.push(...handled.missed);
      ({ run, schedule } = handled);
    }
    expect(seen.concat(run)).toHaveLength(73);
    expect(new Set(seen).size).toBe(72);
    expect([run, schedule.nextSlot]).toEqual(['2026-12-01T00:00:00.000Z', '2026-12-01T01:00:00.000Z']);
  });

  it('ends with the last slot there is', () => {
    const { run, schedule } = overdue({ ...hourly, cron: '0 0 31 2 *', nextSlot: now, nextRunAt: now }, now);
    expect(run).toBe(now);
    expect(schedule).not.toHaveProperty('nextSlot');
  });
});
