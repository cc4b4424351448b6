import { expect, it } from 'vitest';
import { lazily } from './lazily.ts';

interface Adder {
  add(a: number, b: number): Promise<number>;
}

it('opens when it is first asked, and once', async () => {
  let opened = 0;
  const adder = lazily<Adder>(async () => {
    opened += 1;
    return { add: async (a, b) => a + b };
  });
  expect(opened).toBe(0);
  expect(await Promise.all([adder.add(1, 2), adder.add(3, 4)])).toEqual([3, 7]);
  expect(opened).toBe(1);
});

it('can be awaited itself', async () => {
  const adder = lazily<Adder>(async () => ({ add: async () => 0 }));
  expect(await (await adder).add(1, 1)).toBe(0);
});

it('tries again what could not be opened', async () => {
  let tries = 0;
  const adder = lazily<Adder>(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not now');
    return { add: async () => tries };
  });
  await expect(adder.add(1, 1)).rejects.toThrow('not now');
  expect(await adder.add(1, 1)).toBe(2);
});
