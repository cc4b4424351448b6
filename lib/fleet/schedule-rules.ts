import { failed, type Result, succeed } from '../core/failure.ts';
import { addMinutes, timeOf } from '../core/time.ts';
import type { ScanKind } from '../reports/report.ts';
import type { Cluster } from './cluster.ts';
import { jitterOf } from './jitter.ts';
import type { Schedule, ScheduleRequest } from './schedule.ts';
import { type Cron, parseCron } from './schedule-cron.ts';
import { anchorOf, nextSlot, presetCron, slotsAfter } from './schedule-slots.ts';
import { closestMinutes } from './schedule-walk.ts';
import { checkTimeZone } from './schedule-zone.ts';

/**
 * Hours between two slots at least, by the calendar: what a run costs the cluster, and the longest it may take. A configuration scan is a second of
 * reading, penetration and SBOM scans load network and registry, a conformance run may take most of a day.
 */
export const leastHours: Readonly<Record<ScanKind, number>> = { configuration: 1, penetration: 6, conformance: 24, sbom: 6 };

const spans = (minutes: number): string => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);

const checkSpacing = (kind: ScanKind, cron: Cron): Result<Cron> => {
  const closest = closestMinutes(cron);
  if (closest >= leastHours[kind] * 60) return succeed(cron);
  const say = `"${cron.text}" runs again after ${spans(closest)}; between two ${kind} scans of a schedule there must be ${leastHours[kind]} h at least.`;
  return failed('input-invalid', `${say} Name fewer minutes, hours or days.`);
};

/** Where a schedule starts from: a moment, and what is known of its cluster. */
export interface Planned {
  readonly cluster: Pick<Cluster, 'id' | 'projectId' | 'timeZone' | 'registeredAt'>;
  readonly kind: ScanKind;
  readonly now: string;
  /** When the schedule that it replaces was made. */
  readonly createdAt?: string;
}

/** The schedule with its next slot after a moment; none while it is paused. */
export const scheduleFrom = (schedule: Schedule, after: string): Schedule => {
  const { nextSlot: _, nextRunAt: __, ...rest } = schedule;
  const slot = schedule.paused ? undefined : nextSlot(schedule, after);
  return slot === undefined ? rest : { ...rest, nextSlot: slot, nextRunAt: runAt(schedule, slot) };
};

/** When the scan of a slot starts. */
export const runAt = ({ clusterId, kind, jitterMinutes }: Pick<Schedule, 'clusterId' | 'kind' | 'jitterMinutes'>, slot: string): string =>
  addMinutes(slot, jitterOf(clusterId, kind, jitterMinutes));

/** The schedule that a person asked for, or why it cannot be. */
export const planSchedule = (request: ScheduleRequest, { cluster, kind, now, createdAt = now }: Planned): Result<Schedule> => {
  const { preset, paused, jitterMinutes, options } = request;
  const zone = checkTimeZone(request.timeZone ?? cluster.timeZone);
  if (!zone.ok) return zone;
  const read = parseCron(preset ? presetCron(preset) : (request.cron ?? ''));
  const cron = read.ok ? checkSpacing(kind, read.value) : read;
  if (!cron.ok) return cron;
  const schedule: Schedule = {
    projectId: cluster.projectId,
    clusterId: cluster.id,
    kind,
    ...(preset ? { preset } : {}),
    cron: cron.value.text,
    timeZone: zone.value,
    ...(preset === 'every-two-weeks' ? { anchor: anchorOf(cluster.registeredAt, cluster.timeZone) } : {}),
    paused,
    jitterMinutes,
    options,
    createdAt,
    updatedAt: now,
  };
  if (nextSlot(schedule, now) === undefined)
    return failed('input-invalid', `"${cron.value.text}" never comes: none of its months has such a day. Name a day that exists.`);
  return succeed(scheduleFrom(schedule, now));
};

/** What a dispatcher does with a schedule at a moment. */
export interface Overdue {
  /** The slot to scan for now. */
  readonly run?: string;
  /** Slots before it that nobody was there for: each is recorded as skipped. */
  readonly missed: readonly string[];
  /** The schedule as it goes on, to be stored if nobody else was faster. */
  readonly schedule: Schedule;
}

/**
 * All slots whose time has come. The latest is run, however late, the ones before it were missed. At most `most` slots are handled at once: after
 * a long absence the schedule stays due, and the next tick goes on where this one ended, so that no slot is lost.
 */
export const overdue = (schedule: Schedule, now: string, most = 100): Overdue => {
  const { nextSlot: first } = schedule;
  const isDue = (slot: string) => timeOf(runAt(schedule, slot)) <= timeOf(now);
  if (schedule.paused || first === undefined || !isDue(first)) return { missed: [], schedule };
  const due = [first];
  let isLast = true;
  for (const slot of slotsAfter(schedule, first)) {
    if (!isDue(slot)) break;
    if (due.length === most) {
      isLast = false;
      break;
    }
    due.push(slot);
  }
  const last = due.at(-1) as string;
  const onward = { ...scheduleFrom(schedule, last), lastSlot: last };
  return isLast ? { run: last, missed: due.slice(0, -1), schedule: onward } : { missed: due, schedule: onward };
};
