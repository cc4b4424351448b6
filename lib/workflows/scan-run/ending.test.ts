import { expect, it } from 'vitest';
import { scanAt } from '../../../test/support/fleet.ts';
import { eventWords } from '../../core/event-type.ts';
import type { ScanRecord, ScanState } from '../../fleet/scan.ts';
import { eventsOf } from './ending.ts';

const at = '2026-11-27T12:00:00.000Z';
const ended = (state: ScanState, more: Partial<ScanRecord> = {}): ScanRecord => scanAt(at, { state, endedAt: at, reason: 'Why.', ...more });
const bySchedule = { type: 'schedule', actor: { type: 'schedule', id: 'x', name: 'x' }, slot: at } as const;

it.each([
  ['completed', ['scan.completed']],
  ['failed', ['scan.failed']],
  ['timed-out', ['scan.failed']],
  ['cancelled', ['scan.cancelled']],
  ['skipped', []],
  ['queued', []],
  ['running', ['scan.started']],
] as const)('tells of a scan of a person that is %s: %j', (state, types) => {
  expect(eventsOf(ended(state), 0).map(({ type }) => type)).toEqual(types);
});

it('tells of a skipped slot, because nobody looks', () => {
  const events = eventsOf(ended('skipped', { trigger: bySchedule }), 0);
  expect(events).toMatchObject([{ type: 'schedule.skipped', data: { reason: 'Why.', state: 'skipped' } }]);
});

it('tells of new critical failures beside the end, under ids that follow from the scan', () => {
  const scan = ended('completed');
  expect(eventsOf(scan, 2).map(({ id, type }) => [id, type])).toEqual([
    [`${scan.id}-completed`, 'scan.completed'],
    [`${scan.id}-new-critical`, 'finding.new-critical'],
  ]);
  expect(eventsOf(scan, 2)).toEqual(eventsOf(scan, 2));
});

it('carries what docs/generated/events.md says', () => {
  for (const { type, data } of [
    ...eventsOf(ended('running'), 0),
    ...eventsOf(ended('completed'), 1),
    ...eventsOf(ended('failed'), 0),
    ...eventsOf(ended('cancelled'), 0),
  ])
    expect(Object.keys(data).toSorted()).toEqual([...eventWords[type].carries].toSorted());
  const [skipped] = eventsOf(ended('skipped', { trigger: bySchedule }), 0);
  // the slot is known to who tells of one that was missed
  expect(Object.keys(skipped?.data ?? {})).toEqual(eventWords['schedule.skipped'].carries.filter((field) => field !== 'slot'));
});
