import type { Result } from '../core/failure.ts';
import type { Actor } from '../fleet/common.ts';
import { scanIdOf } from '../fleet/scan-id.ts';
import type { Schedule } from '../fleet/schedule.ts';
import { overdue } from '../fleet/schedule-rules.ts';
import type { EventPublisher } from '../ports/events.ts';
import type { ScanStarter } from '../ports/scan-starter.ts';
import type { ListQuery, Page, Versioned } from '../records/collection.ts';
import { dueShardNames, type Records } from '../records/index.ts';
import { queueScan } from './queue-scan.ts';

export interface DispatchPorts {
  readonly records: Records;
  readonly starter: ScanStarter;
  readonly events: EventPublisher;
  log(code: string, fields: Readonly<Record<string, string | number | undefined>>): void;
}

/** What one tick did. */
export interface Dispatched {
  readonly started: number;
  /** Slots that nobody was there for; each is recorded. */
  readonly missed: number;
  /** Schedules, and shards of them, that could not be handled; they stay due, and the next tick tries them again. */
  readonly failed: number;
  /** Seconds by which the oldest handled schedule was late. */
  readonly oldestSeconds: number;
}

const nobody: Dispatched = { started: 0, missed: 0, failed: 0, oldestSeconds: 0 };
const together = (a: Dispatched, b: Dispatched): Dispatched => ({
  started: a.started + b.started,
  missed: a.missed + b.missed,
  failed: a.failed + b.failed,
  oldestSeconds: Math.max(a.oldestSeconds, b.oldestSeconds),
});

const actorOf = ({ clusterId, kind }: Schedule): Actor => ({
  type: 'schedule',
  id: `${clusterId}/${kind}`,
  name: `schedule of ${kind} scans`,
});

const queuedAt = (schedule: Schedule, slot: string, now: string) => ({
  id: scanIdOf({ kind: schedule.kind, clusterId: schedule.clusterId, at: slot }),
  projectId: schedule.projectId,
  clusterId: schedule.clusterId,
  kind: schedule.kind,
  trigger: { type: 'schedule' as const, actor: actorOf(schedule), slot },
  options: schedule.options,
  queuedAt: now,
});

/** Writes a slot down that nobody was there for, to be sealed by upkeep. One that is written down already, or ran after all, stays as it is. */
const recordMissed = async ({ records, events }: DispatchPorts, schedule: Schedule, slot: string, now: string): Promise<void> => {
  const queued = queuedAt(schedule, slot, now);
  const reason = 'Nobody was there to start it: the service did not run at that time.';
  const made = await records.scans.create({ ...queued, state: 'skipped', reason, endedAt: now, artefacts: [], unsealed: true });
  if (!made.ok && made.failure.code !== 'conflict') throw new Error(made.failure.say);
  const { projectId, clusterId, kind } = schedule;
  const subject = `projects/${projectId}/clusters/${clusterId}`;
  const told = await events.publish([
    {
      id: `${queued.id}-skipped`,
      type: 'schedule.skipped',
      subject,
      time: now,
      data: { projectId, clusterId, kind, scanId: queued.id, slot, reason },
    },
  ]);
  if (!told.ok) throw new Error(told.failure.say);
};

/**
 * Handles one due schedule: (1) the scan's record, put if absent under an id that follows from cluster, kind and slot; (2) its durable run under the same name; (3) the schedule moves on, if nobody
 * else moved it. A crash anywhere repeats harmlessly, so there is no transaction.
 */
const dispatchOne = async (ports: DispatchPorts, due: Versioned<Schedule>, now: string): Promise<Dispatched> => {
  const { run, missed, schedule } = overdue(due.value, now);
  for (const slot of missed) await recordMissed(ports, due.value, slot, now);
  if (run !== undefined) {
    const queued = await queueScan(ports.records, ports.starter, queuedAt(due.value, run, now));
    if (!queued.ok) throw new Error(queued.failure.say);
  }
  const moved = await ports.records.schedules.replace(due, { ...schedule, ...(run === undefined ? {} : { lastSlot: run }) });
  // somebody else moved it, or a person changed it: what was started stays started
  if (!moved.ok && moved.failure.code !== 'conflict') throw new Error(moved.failure.say);
  const late = Math.max(0, (Date.parse(now) - Date.parse(due.value.nextRunAt ?? now)) / 1000);
  return { started: run === undefined ? 0 : 1, missed: missed.length, failed: 0, oldestSeconds: late };
};

const oneFailed: Dispatched = { ...nobody, failed: 1 };
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

const orFailure = async (ports: DispatchPorts, due: Versioned<Schedule>, now: string): Promise<Dispatched> => {
  try {
    return await dispatchOne(ports, due, now);
  } catch (error) {
    const { clusterId, kind } = due.value;
    ports.log('SCHEDULE_DISPATCH_FAILED', { clusterId, kind, reason: reasonOf(error) });
    return oneFailed;
  }
};

const atOnce = 8;
/** Schedules that fail take nobody's place, up to this many times as many as may be handled: a tick ends even when all of them fail. */
const failuresPerPlace = 3;

/** Handles what is due in one shard. Nothing that breaks there is anybody else's trouble: it is logged and counted. */
const dispatchShard = async (ports: DispatchPorts, pk: string, now: string, most: number): Promise<Dispatched> => {
  let done = nobody;
  let handled = 0;
  let cursor: string | undefined;
  const left = (): number => (done.failed < failuresPerPlace * most ? most - handled : 0);
  const onUnreadable: ListQuery['onUnreadable'] = (key, error) => {
    ports.log('SCHEDULE_UNREADABLE', { ...key, reason: reasonOf(error) });
    done = together(done, oneFailed);
  };
  try {
    do {
      // a place in the index begins with the time, so all that begin before this are due
      const query = { pk, index: 'due' as const, to: `${now}~`, limit: 200, onUnreadable };
      const page: Result<Page<Schedule>> = await ports.records.schedules.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok) throw new Error(page.failure.say);
      const waiting = [...page.value.items];
      while (waiting.length > 0 && left() > 0) {
        const some = waiting.splice(0, Math.min(atOnce, left()));
        const dispatched = await Promise.all(some.map((due) => orFailure(ports, due, now)));
        handled += dispatched.filter(({ failed }) => failed === 0).length;
        done = dispatched.reduce(together, done);
      }
      cursor = page.value.next;
    } while (cursor !== undefined && left() > 0);
  } catch (error) {
    ports.log('SHARD_DISPATCH_FAILED', { shard: pk, reason: reasonOf(error) });
    return together(done, oneFailed);
  }
  return done;
};

/** One tick: starts every scan whose time has come, at most `most` of each shard; what is left stays due for the next tick, so a late tick heals itself. */
export const dispatchDueScans = async (ports: DispatchPorts, now: string, most = 500): Promise<Dispatched> => {
  const shards = await Promise.all(dueShardNames.map((pk) => dispatchShard(ports, pk, now, most)));
  return shards.reduce(together, nobody);
};
