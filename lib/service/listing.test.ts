import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { createServicePorts, type TestService } from '../../test/support/service.ts';
import type { AuditRecord } from '../fleet/people.ts';
import { partitions } from '../records/index.ts';
import { listKept } from './listing.ts';

let service: TestService;
beforeEach(() => {
  service = createServicePorts();
});
afterEach(() => service.close());

const idOf = (number: number) => String(number).padStart(5, '0');
const write = async (numbers: readonly number[]) => {
  for (const number of numbers) {
    const id = idOf(number);
    const actor = { type: 'person' as const, id: 'usr-00000000000a', name: 'A' };
    must(
      await service.ports.records.audit.create({ id, at: '2026-11-27T12:00:00.000Z', actor, action: 'x', outcome: 'done', requestId: id }),
    );
  }
};
const upTo = (count: number, step = 1) => Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
const list = async (limit: number, keep?: (record: AuditRecord) => boolean, cursor?: string) =>
  must(await listKept(service.ports.records.audit, { ...partitions.audit('tenant'), limit, cursor }, keep));

it('fills every page of a filter and loses nothing between them', async () => {
  await write(upTo(250));
  const keep = ({ id }: AuditRecord) => Number(id) % 7 === 0;
  for (const limit of [3, 10, 30]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(limit, keep, cursor);
      if (page.next !== undefined) expect(page.items).toHaveLength(limit);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(upTo(250, 7).map(idOf));
  }
});

it('gives up a page, not the list, when a filter fits nothing for long', async () => {
  await write(upTo(2_100));
  const keep = ({ id }: AuditRecord) => id === idOf(2_050);
  const first = await list(5, keep);
  expect(first.items).toEqual([]);
  expect((await list(5, keep, first.next)).items.map(({ id }) => id)).toEqual([idOf(2_050)]);
});

it('reads without a filter what is asked for', async () => {
  await write(upTo(5));
  const first = await list(3);
  expect(first.items).toHaveLength(3);
  expect(await list(3, undefined, first.next)).toEqual({ items: [expect.anything(), expect.anything()] });
});
