import { succeed } from '../core/failure.ts';
import type { Schedule } from '../fleet/schedule.ts';
import { planSchedule, runAt } from '../fleet/schedule-rules.ts';
import { nextSlots } from '../fleet/schedule-slots.ts';
import { partitions } from '../records/index.ts';
import type { Call, HandlersOf, ServicePorts } from './handler.ts';
import { needActive, needAvailable } from './registered.ts';
import { answered } from './unchanged.ts';

const previewed = 5;
const targetOf = ({ clusterId, kind }: Pick<Schedule, 'clusterId' | 'kind'>): string => `clusters/${clusterId}/schedules/${kind}`;

const set = async (ports: ServicePorts, { params: { projectId, clusterId, kind }, body }: Call<'schedules.set'>) => {
  const { schedules } = ports.records;
  const isAvailable = needAvailable([kind]);
  if (!isAvailable.ok) return isAvailable;
  const cluster = await needActive(ports, { projectId, clusterId });
  if (!cluster.ok) return cluster;
  const there = await schedules.get({ clusterId, name: kind });
  const planned = planSchedule(body, {
    cluster: cluster.value,
    kind,
    now: ports.clock.now(),
    ...(there ? { createdAt: there.value.createdAt } : {}),
  });
  if (!planned.ok) return planned;
  const next: Schedule = { ...planned.value, ...(there?.value.lastSlot === undefined ? {} : { lastSlot: there.value.lastSlot }) };
  const stored = there ? await schedules.replace(there, next) : await schedules.create(next);
  if (!stored.ok) return stored;
  // removed at the same moment: then this one must not stay behind
  const still = await needActive(ports, { projectId, clusterId });
  if (still.ok) return answered(stored.value, targetOf(next));
  await schedules.remove({ clusterId, name: kind });
  return still;
};

/** A moment as the clock on the wall of a zone shows it. */
const localText = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'long' }).format(Date.parse(iso));

const preview = async (ports: ServicePorts, { params: { projectId, clusterId, kind }, body }: Call<'schedules.preview'>) => {
  const cluster = await needActive(ports, { projectId, clusterId });
  if (!cluster.ok) return cluster;
  const now = ports.clock.now();
  const planned = planSchedule({ ...body, paused: false }, { cluster: cluster.value, kind, now });
  if (!planned.ok) return planned;
  const slots = nextSlots(planned.value, now, previewed).map((slot) => ({
    slot,
    runAt: runAt(planned.value, slot),
    local: localText(slot, planned.value.timeZone),
  }));
  return succeed({ body: { slots } });
};

/** Schedules: one for each kind of scan on a cluster. */
export const schedulesHandlers = (ports: ServicePorts): HandlersOf<'schedules'> => ({
  'schedules.list': async ({ params: { projectId, clusterId } }) => {
    const there = await ports.records.clusters.need({ projectId, clusterId });
    if (!there.ok) return there;
    const page = await ports.records.schedules.list(partitions.schedules(clusterId));
    return page.ok ? succeed({ body: { items: page.value.items.map(({ value }) => value) } }) : page;
  },
  'schedules.get': async ({ params: { projectId, clusterId, kind } }) => {
    const cluster = await ports.records.clusters.need({ projectId, clusterId });
    if (!cluster.ok) return cluster;
    const there = await ports.records.schedules.need({ clusterId, name: kind });
    return there.ok ? answered(there.value, targetOf({ clusterId, kind })) : there;
  },
  'schedules.set': (call) => set(ports, call),
  'schedules.delete': async ({ params: { projectId, clusterId, kind } }) => {
    const cluster = await ports.records.clusters.need({ projectId, clusterId });
    if (!cluster.ok) return cluster;
    const removed = await ports.records.schedules.remove({ clusterId, name: kind });
    return removed.ok ? succeed({ body: undefined, target: targetOf({ clusterId, kind }) }) : removed;
  },
  'schedules.preview': (call) => preview(ports, call),
});
