import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { allMighty, callOf, createServicePorts, type TestService } from '../../test/support/service.ts';
import { addMinutes } from '../core/time.ts';
import type { AuditRecord } from '../fleet/people.ts';
import { auditHandlers } from './audit.ts';
import type { Call } from './handler.ts';

let service: TestService;
let audit: ReturnType<typeof auditHandlers>;
beforeEach(() => {
  service = createServicePorts();
  audit = auditHandlers(service.ports);
});
afterEach(() => service.close());

const start = '2026-11-27T12:00:00.000Z';
const write = async (minute: number, more: Partial<AuditRecord> = {}) => {
  const at = addMinutes(start, minute);
  const id = `${at}-${service.ports.clock.id().slice(16)}`;
  const record: AuditRecord = { id, at, actor: allMighty.actor, action: 'teams.create', outcome: 'done', requestId: `r${minute}`, ...more };
  must(await service.ports.records.audit.create(record));
};
const list = async (query: Partial<Call<'audit.list'>['query']> = {}) => {
  const { body } = must(await audit['audit.list'](callOf<'audit.list'>(allMighty, { query: { limit: 50, ...query } })));
  return { seen: body.items.map(({ requestId }) => requestId), next: body.next };
};

it('is newest first, and turning pages is not disturbed by what is recorded meanwhile', async () => {
  for (let minute = 0; minute < 5; minute++) await write(minute);
  const first = await list({ limit: 2 });
  expect(first.seen).toEqual(['r4', 'r3']);
  await write(5);
  await write(6);
  const second = await list({ limit: 2, cursor: first.next });
  expect(second.seen).toEqual(['r2', 'r1']);
  expect((await list({ limit: 2, cursor: second.next })).seen).toEqual(['r0']);
  expect((await list({ limit: 2 })).seen).toEqual(['r6', 'r5']);
});

it('is filtered by time, both ends included, however precise they are', async () => {
  for (let minute = 0; minute < 5; minute++) await write(minute);
  expect((await list({ from: '2026-11-27T12:01:00Z', to: '2026-11-27T12:03:00Z' })).seen).toEqual(['r3', 'r2', 'r1']);
  expect((await list({ from: '2026-11-27T12:03:00.001Z' })).seen).toEqual(['r4']);
  expect((await list({ to: '2026-11-27T11:59:59Z' })).seen).toEqual([]);
});

it('is filtered by action and outcome, and fills its pages', async () => {
  for (let minute = 0; minute < 60; minute++) await write(minute, minute % 20 === 0 ? { action: 'teams.delete', outcome: 'refused' } : {});
  expect((await list({ action: 'teams.delete' })).seen).toEqual(['r40', 'r20', 'r0']);
  expect((await list({ outcome: 'refused', limit: 2 })).seen).toEqual(['r40', 'r20']);
  expect((await list({ action: 'teams.delete', outcome: 'done' })).seen).toEqual([]);
});

it('keeps projects apart', async () => {
  await write(0);
  await write(1, { projectId: 'default' });
  await write(2, { projectId: 'prj-000000000001' });
  const { body } = must(
    await audit['audit.listOfProject'](
      callOf<'audit.listOfProject'>(allMighty, { params: { projectId: 'default' }, query: { limit: 50 } }),
    ),
  );
  expect(body.items.map(({ requestId }) => requestId)).toEqual(['r1']);
  expect((await list()).seen).toEqual(['r0']);
});
