import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventPublisher, eventTypes, type GatehouseEvent } from '../../lib/ports/events.ts';
import { codeOf, must } from '../support/answers.ts';

export interface EventsUnderTest {
  readonly publisher: EventPublisher;
  /** Everything that arrived at a receiver so far, in any order. */
  arrived(): Promise<readonly GatehouseEvent[]>;
  close?(): Promise<void> | void;
}

/** Events of every type in turn, with ids of their own. */
export const makeEvents = (count: number): readonly GatehouseEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `scan-${at}/${randomUUID()}#1`,
    type: eventTypes[at % eventTypes.length] ?? 'scan.started',
    subject: `projects/p1/clusters/c${at}`,
    time: '2026-11-27T12:00:00.000Z',
    data: { at, name: 'Köln "prod" 😀', counts: { fail: 1 }, list: [1, null] },
  }));

/** What every EventPublisher holds. */
export const describeEvents = (name: string, make: () => Promise<EventsUnderTest>): void => {
  describe(`events: ${name}`, () => {
    let under: EventsUnderTest;
    beforeAll(async () => {
      under = await make();
    });
    afterAll(() => under?.close?.());
    const arrivedOf = async (events: readonly GatehouseEvent[]) => {
      const ids = new Set(events.map(({ id }) => id));
      return (await under.arrived()).filter(({ id }) => ids.has(id)).toSorted((one, other) => Number(one.data.at) - Number(other.data.at));
    };

    it.each([1, 10, 11, 100])('brings %i events whole to their receivers', async (count) => {
      const events = makeEvents(count);
      must(await under.publisher.publish(events));
      expect(await arrivedOf(events)).toEqual(events);
    });

    it('takes nothing at all', async () => {
      expect(codeOf(await under.publisher.publish([]))).toBe('ok');
    });

    it('refuses more than 100, and brings none of them', async () => {
      const events = makeEvents(101);
      expect(codeOf(await under.publisher.publish(events))).toBe('input-invalid');
      expect(await arrivedOf(events)).toEqual([]);
    });

    it('brings an event again that is published again, under the same id', async () => {
      const events = makeEvents(1);
      for (const _ of [1, 2]) must(await under.publisher.publish(events));
      expect(await arrivedOf(events)).toEqual([...events, ...events]);
    });
  });
};
