// A process of its own that drives one run and may be killed: `node durable-child.ts <database> <trace> <where to die>`.
import { appendFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { createDurableEngine } from '../../lib/adapters/local/durable/engine.ts';

const [path = '', trace = '', dieAt = ''] = process.argv.slice(2);
const note = (line: string): void => appendFileSync(trace, `${line}\n`);
const dieIf = (place: string): void => {
  if (place === dieAt) process.kill(process.pid, 'SIGKILL');
};
/** Says so and goes on for long: whoever started this process kills it meanwhile. */
const lingerIf = async (place: string): Promise<void> => {
  if (place !== dieAt) return;
  console.log(place);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
};

const workflow = async (_event: unknown, context: DurableContext): Promise<string> => {
  const first = await context.step('first', async () => {
    note('first');
    await lingerIf('in a step');
    // the work is done, and nothing of it is written yet
    dieIf('before the checkpoint');
    return 'one';
  });
  dieIf('between steps');
  const { polls } = await context.waitForCondition(
    'poll',
    async (state: { polls: number }) => {
      note(`poll ${state.polls}`);
      if (state.polls === 1) await lingerIf('in a poll');
      return { polls: state.polls + 1 };
    },
    {
      initialState: { polls: 0 },
      waitStrategy: (state) => (state.polls < 3 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false }),
    },
  );
  await context.wait('pause', { seconds: 2 });
  const last = await context.step('last', async () => {
    note('last');
    return 'end';
  });
  return `${first} ${polls} ${last}`;
};

const opened = createDurableEngine({
  database: new DatabaseSync(path),
  handlers: (durableExecutionClient) => ({ scan: withDurableExecution(workflow, { durableExecutionClient }) }),
  now: () => new Date().toISOString(),
  log: (code) => {
    if (code === 'DURABLE_RUN_WAITS' && dieAt === 'in a wait' && engine.describe('run-1')?.attempts === 3) console.log('in a wait');
  },
  ended: ({ state, result }) => {
    note(`ended ${state} ${result}`);
    console.log('ended');
  },
});
if (!opened.ok) {
  console.log(opened.failure.say);
  process.exit(3);
}
const engine = opened.value;
engine.start('run-1', 'scan', { for: 'all phases' });
engine.resume();
