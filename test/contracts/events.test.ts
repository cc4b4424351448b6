import { expect, it } from 'vitest';
import { createLocalEvents } from '../../lib/adapters/local/local-events.ts';
import type { GatehouseEvent } from '../../lib/ports/events.ts';
import { codeOf } from '../support/answers.ts';
import { describeEvents, makeEvents } from './events.contract.ts';

describeEvents('subscribers of this process', async () => {
  const arrived: GatehouseEvent[] = [];
  const subscriber = async (event: GatehouseEvent) => {
    arrived.push(event);
  };
  return { publisher: createLocalEvents({ subscribers: [subscriber], onFailure: () => undefined }), arrived: async () => arrived };
});

it('goes on when a subscriber fails, and says which event that was', async () => {
  const arrived: string[] = [];
  const failures: string[] = [];
  const publisher = createLocalEvents({
    subscribers: [
      async ({ subject }) => {
        if (subject.endsWith('c1')) throw new Error('no route');
        arrived.push(`first ${subject.slice(-2)}`);
      },
      async ({ subject }) => {
        arrived.push(`second ${subject.slice(-2)}`);
      },
    ],
    onFailure: ({ subject }, error) => failures.push(`${subject.slice(-2)}: ${error instanceof Error && error.message}`),
  });
  expect(codeOf(await publisher.publish(makeEvents(3)))).toBe('ok');
  expect(arrived.toSorted()).toEqual(['first c0', 'first c2', 'second c0', 'second c1', 'second c2']);
  expect(failures).toEqual(['c1: no route']);
});
