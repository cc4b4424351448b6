import { setImmediate as tick } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Clock, createTurns } from './turns.ts';

/** A clock that goes on when it is told to. */
const createHandClock = (): Clock & { forward(ms: number): Promise<void> } => {
  let now = 0;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: now + ms, wake })),
    forward: async (ms) => {
      now += ms;
      const awake = sleepers.filter(({ until }) => until <= now);
      sleepers = sleepers.filter(({ until }) => until > now);
      for (const { wake } of awake) wake();
      await tick();
    },
  };
};

const fast = { perSecond: 1_000_000, atOnce: 1_000, atOncePerTarget: 1_000 };
const counting = (turns: ReturnType<typeof createTurns>) => {
  const taken: string[] = [];
  const ends: (() => void)[] = [];
  const take = (target: string): void => {
    void turns.take(target).then((end) => {
      taken.push(end ? target : 'home');
      if (end) ends.push(end);
    });
  };
  return { taken, ends, take };
};

it('deals out no more turns a second than the rate, after a small start', async () => {
  const clock = createHandClock();
  const { taken, take } = counting(createTurns({ ...fast, perSecond: 20 }, clock));
  for (let one = 0; one < 30; one += 1) take('a');
  await tick();
  expect(taken).toHaveLength(2);
  for (let step = 0; step < 1_000; step += 10) await clock.forward(10);
  expect(taken.length).toBeGreaterThan(18);
  expect(taken.length).toBeLessThanOrEqual(22);
  for (let step = 0; step < 1_000; step += 10) await clock.forward(10);
  expect(taken).toHaveLength(30);
});

it('never has more turns going than the caps, in all and per target, and lets others pass a busy one', async () => {
  const { taken, ends, take } = counting(createTurns({ ...fast, atOnce: 3, atOncePerTarget: 2 }, createHandClock()));
  for (const target of ['a', 'a', 'a', 'b', 'b']) take(target);
  await tick();
  expect(taken).toEqual(['a', 'a', 'b']);
  ends[2]?.();
  ends[2]?.();
  await tick();
  expect(taken).toEqual(['a', 'a', 'b', 'b']);
  ends[0]?.();
  await tick();
  expect(taken).toEqual(['a', 'a', 'b', 'b', 'a']);
});

it('sends everybody home at the end', async () => {
  const turns = createTurns({ ...fast, atOnce: 1 }, createHandClock());
  const { taken, take } = counting(turns);
  take('a');
  take('b');
  turns.end();
  take('c');
  await tick();
  expect(taken).toEqual(['a', 'home', 'home']);
});
