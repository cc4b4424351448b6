import { describe, expect, it } from 'vitest';
import { isBetweenSteps, sayBrokenOff, watched } from './breaking-off.ts';
import { RetryThis } from './ports.ts';

const run = { projectId: 'prj-000000000001', clusterId: 'cls-000000000001', scanId: 'scn-1' };
/** An error of a step as the engine hands it on: the first one is its cause, by name and message. */
const handedOn = (name: string, message: string): Error => {
  const cause = new Error(message);
  cause.name = name;
  return new Error(message, { cause });
};

describe('what people are told', () => {
  it.each([
    ['a sentence of ours', new RetryThis('The store is full.'), 'The scan broke off: The store is full.'],
    ['one that a step gave up with', handedOn('RetryThis', 'The store is full.'), 'The scan broke off: The store is full.'],
  ])('is the sentence, where it is %s', (_, error, say) => expect(sayBrokenOff(error, run)).toBe(say));

  it.each([
    ['a defect', new TypeError('sesame')],
    ['a defect in a step', handedOn('TypeError', 'sesame')],
    ['no error at all', 'sesame'],
  ])('is where to look, and never the message, for %s', (_, error) => {
    expect(sayBrokenOff(error, run)).toContain('SCAN_BROKE_OFF and scn-1');
    expect(sayBrokenOff(error, run)).not.toContain('sesame');
  });

  it('knows a defect between steps, which no step has logged', () => {
    expect([new TypeError('x'), handedOn('TypeError', 'x')].map(isBetweenSteps)).toEqual([true, false]);
  });
});

it('logs where a step broke, with name and trace and without the message; what is tried again is no defect', async () => {
  const logged: unknown[] = [];
  const log = (code: string, fields: object) => void logged.push({ code, ...fields });
  const bare = { step: (_: string, work: () => Promise<unknown>) => work() };
  const steps = watched({ log }, run, bare as never);
  const breakWith = (error: Error) =>
    steps.step(
      'seal',
      async () => {
        throw error;
      },
      {},
    );
  await expect(breakWith(new RetryThis('Later.'))).rejects.toThrow('Later.');
  expect(logged).toEqual([]);
  await expect(breakWith(new TypeError('sesame'))).rejects.toThrow('sesame');
  expect(logged).toEqual([
    { code: 'SCAN_BROKE_OFF', scanId: 'scn-1', at: 'seal', error: 'TypeError', trace: expect.stringContaining('breaking-off.test.ts') },
  ]);
  expect(JSON.stringify(logged)).not.toContain('sesame');
});
