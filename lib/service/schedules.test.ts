import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, storeFleet } from '../../test/support/fleet.ts';
import { allMighty, callOf, createServicePorts, type TestService } from '../../test/support/service.ts';
import { ScheduleRequest } from '../fleet/schedule.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { ScanKind } from '../reports/report.ts';
import { schedulesHandlers } from './schedules.ts';

const cluster = aCluster({ timeZone: 'Europe/Zurich' });
const removed = aCluster({ id: 'cls-00000000000f', name: 'old', state: 'removed' });
const { projectId, id: clusterId } = cluster;

let service: TestService;
let schedules: ReturnType<typeof schedulesHandlers>;
const open = async (around?: (store: RecordStore) => RecordStore) => {
  service = createServicePorts(around);
  schedules = schedulesHandlers(service.ports);
  await storeFleet(service.ports.records, { clusters: [cluster, removed] });
};
beforeEach(() => open());
afterEach(() => service.close());

type Asked = Partial<Omit<ScheduleRequest, 'options'>>;
const bodyOf = (asked: Asked): ScheduleRequest => ScheduleRequest.parse(asked);
const of = (kind: ScanKind = 'configuration', id = clusterId, project = projectId) => ({ projectId: project, clusterId: id, kind });
const set = (asked: Asked, params = of()) =>
  schedules['schedules.set'](callOf<'schedules.set'>(allMighty, { params, body: bodyOf(asked) }));
const preview = (asked: Asked, params = of()) =>
  schedules['schedules.preview'](callOf<'schedules.preview'>(allMighty, { params, body: bodyOf(asked) }));
const get = (params = of()) => schedules['schedules.get'](callOf<'schedules.get'>(allMighty, { params }));
const remove = (params = of()) => schedules['schedules.delete'](callOf<'schedules.delete'>(allMighty, { params }));
const list = (id = clusterId) => schedules['schedules.list'](callOf<'schedules.list'>(allMighty, { params: { projectId, clusterId: id } }));

// Friday 27 November 2026, 12:00 in UTC; Zurich is one hour ahead
it.each([
  ['weekly', '2026-11-28T23:00:00.000Z'],
  ['monthly', '2026-11-30T23:00:00.000Z'],
  ['every-two-months', '2026-12-31T23:00:00.000Z'],
] as const)('sets a preset in the zone of the cluster: %s', async (preset, nextSlot) => {
  expect(must(await set({ preset }))).toMatchObject({
    revision: 1,
    target: `clusters/${clusterId}/schedules/configuration`,
    body: { preset, timeZone: 'Europe/Zurich', nextSlot, nextRunAt: nextSlot },
  });
});

it('sets five fields of cron in a zone of its own, and keeps the schedule while it is paused', async () => {
  const { body } = must(await set({ cron: '30 2 * * *', timeZone: 'UTC' }));
  expect(body).toMatchObject({ cron: '30 2 * * *', nextSlot: '2026-11-28T02:30:00.000Z' });
  const paused = must(await set({ cron: '30 2 * * *', timeZone: 'UTC', paused: true }));
  expect(paused).toMatchObject({ revision: 2, body: { paused: true, createdAt: body.createdAt } });
  expect(paused.body).not.toHaveProperty('nextSlot');
  expect(must(await get()).body).toEqual(paused.body);
});

it('goes on behind the slot that was dispatched last when it is replaced', async () => {
  must(await set({ preset: 'weekly' }));
  const lastSlot = '2026-11-21T23:00:00.000Z';
  must(
    await service.ports.records.schedules.update({ clusterId, name: 'configuration' }, (one) => ({
      ok: true,
      value: { ...one, lastSlot },
    })),
  );
  service.pass(60);
  const { body } = must(await set({ preset: 'monthly' }));
  expect(body).toMatchObject({ lastSlot, createdAt: '2026-11-27T12:00:00.000Z', updatedAt: '2026-11-27T13:00:00.000Z' });
});

it.each([
  ['no cron', { cron: 'now and then' }],
  ['six fields', { cron: '0 0 0 * * *' }],
  ['too often', { cron: '*/5 * * * *' }],
  ['a day that never comes', { cron: '0 0 31 2 *' }],
  ['a zone that does not exist', { preset: 'weekly', timeZone: 'Europe/Nowhere' }],
] as const)('refuses %s, and stores nothing', async (_, asked) => {
  expect(codeOf(await set(asked))).toBe('input-invalid');
  expect(codeOf(await preview(asked))).toBe('input-invalid');
  expect(codeOf(await get())).toBe('not-found');
});

it('refuses a kind that this version cannot run', async () => {
  expect(sayOf(await set({ preset: 'weekly' }, of('sbom')))).toContain('cannot run sbom scans; it can run configuration');
});

it('is of an active cluster in its own project', async () => {
  expect(sayOf(await set({ preset: 'weekly' }, of('configuration', removed.id)))).toContain('"old" was removed');
  expect(sayOf(await preview({ preset: 'weekly' }, of('configuration', removed.id)))).toContain('"old" was removed');
  must(await set({ preset: 'weekly' }));
  const foreign = of('configuration', clusterId, 'prj-000000000002');
  for (const answer of [
    await set({ preset: 'weekly' }, foreign),
    await get(foreign),
    await remove(foreign),
    await preview({ preset: 'weekly' }, foreign),
  ])
    expect(codeOf(answer)).toBe('not-found');
  expect(codeOf(await list('cls-00000000dead'))).toBe('not-found');
  expect(must(await list()).body.items.map(({ kind }) => kind)).toEqual(['configuration']);
});

it('does not stay behind when the cluster is removed at the same moment', async () => {
  service.close();
  let onSchedule: (() => Promise<unknown>) | undefined;
  await open((store) => ({
    ...store,
    put: async (record, expected) => {
      const put = await store.put(record, expected);
      if (record.sk.startsWith('SCHEDULE#')) await onSchedule?.();
      return put;
    },
  }));
  onSchedule = () =>
    service.ports.records.clusters.update({ projectId, clusterId }, (one) => ({ ok: true, value: { ...one, state: 'removed' } }));
  expect(codeOf(await set({ preset: 'weekly' }))).toBe('conflict');
  expect(must(await list()).body.items).toEqual([]);
});

it('is ended, also twice', async () => {
  must(await set({ preset: 'weekly' }));
  must(await remove());
  must(await remove());
  expect(codeOf(await get())).toBe('not-found');
});

it('previews the next five slots, with jitter and the clock on the wall, without storing anything', async () => {
  const { slots } = must(await preview({ preset: 'monthly', jitterMinutes: 60, paused: true })).body;
  expect(slots.map(({ slot }) => slot)).toEqual([
    '2026-11-30T23:00:00.000Z',
    '2026-12-31T23:00:00.000Z',
    '2027-01-31T23:00:00.000Z',
    '2027-02-28T23:00:00.000Z',
    '2027-03-31T22:00:00.000Z',
  ]);
  const delays = new Set(slots.map(({ slot, runAt }) => (Date.parse(runAt) - Date.parse(slot)) / 60_000));
  expect(delays.size).toBe(1);
  expect([...delays][0]).toBeLessThanOrEqual(60);
  expect(slots[0]?.local).toContain('1 December 2026');
  expect(slots[0]?.local).toContain('00:00:00');
  expect(codeOf(await get())).toBe('not-found');
});
