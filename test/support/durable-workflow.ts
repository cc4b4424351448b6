import { createRetryStrategy, createWaitStrategy, type DurableContext, JitterStrategy } from '@aws/durable-execution-sdk-js';

/** What the workflow of the durable tests does outside: the tests watch it and fail it. */
export interface Outside {
  /** Called whenever the body of a step runs, with its name. May throw. */
  readonly does: (step: string) => void | Promise<void>;
  /** Called with the id of the callback the workflow waits for. */
  readonly submits: (callbackId: string) => void | Promise<void>;
}

export class RetryThis extends Error {
  override readonly name = 'RetryThis';
}

const retries = createRetryStrategy({
  maxAttempts: 5,
  initialDelay: { seconds: 1 },
  maxDelay: { seconds: 1 },
  jitter: JitterStrategy.NONE,
});
const onlyRetryThis = (error: Error, attempt: number) => (error.name === 'RetryThis' ? retries(error, attempt) : { shouldRetry: false });

const everySecond = createWaitStrategy<{ polls: number }>({
  shouldContinuePolling: ({ polls }) => polls < 3,
  initialDelay: { seconds: 1 },
  maxDelay: { seconds: 1 },
  jitter: JitterStrategy.NONE,
});

/** Every kind of durable operation once: the answer says what each of them gave. */
export const everyOperation = (outside: Outside) => async (event: { readonly items: readonly number[] }, context: DurableContext) => {
  const started = await context.step('start', async () => {
    await outside.does('start');
    return 'ticket';
  });
  const attempts = await context.step(
    'flaky',
    async ({ attempt }) => {
      await outside.does('flaky');
      if (attempt < 2) throw new RetryThis('not yet');
      return attempt;
    },
    { retryStrategy: onlyRetryThis },
  );
  const polled = await context.waitForCondition(
    'poll',
    async ({ polls }) => {
      await outside.does('poll');
      return { polls: polls + 1 };
    },
    { initialState: { polls: 0 }, waitStrategy: everySecond },
  );
  await context.wait('pause', { seconds: 1 });
  const doubled = await context.map('double', [...event.items], async (child, item, index) =>
    child.step(`double-${index}`, async () => {
      await outside.does(`double-${index}`);
      return item * 2;
    }),
  );
  const sides = await context.parallel<string>('sides', [
    async (child) => child.step('left', async () => 'left'),
    async (child) => {
      await child.wait('short', { seconds: 1 });
      return child.step('right', async () => 'right');
    },
  ]);
  const answer = await context.waitForCallback('approval', async (callbackId) => outside.submits(callbackId));
  const refused = await context
    .step(
      'refused',
      async () => {
        await outside.does('refused');
        throw new Error('never mind');
      },
      { retryStrategy: onlyRetryThis },
    )
    .then(
      () => 'went through',
      (error: unknown) => (error instanceof Error ? error.message : error),
    );
  return { started, attempts, polls: polled.polls, doubled: doubled.getResults(), sides: sides.getResults(), answer, refused };
};

/** What `everyOperation` answers, wherever it runs, for the items 1, 2, 3 and the callback's answer `yes`. */
export const everyAnswer = {
  started: 'ticket',
  attempts: 2,
  polls: 3,
  doubled: [2, 4, 6],
  sides: ['left', 'right'],
  answer: 'yes',
  refused: 'never mind',
};

/** How often each step's body runs on the way to `everyAnswer` when nothing interrupts it. */
export const everyBody = { start: 1, flaky: 2, poll: 3, 'double-0': 1, 'double-1': 1, 'double-2': 1, refused: 1 };

export const counter = () => {
  const counts: Record<string, number> = {};
  const count = (step: string): void => {
    counts[step] = (counts[step] ?? 0) + 1;
  };
  return { counts, count };
};
