import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, it, type TestContext } from 'vitest';
import { newPath } from '../../../../test/support/durable-engine.ts';

const script = fileURLToPath(new URL('../../../../test/support/durable-child.ts', import.meta.url));

/** The process under test, and its next line of output; `undefined` once it is gone. */
const startChild = ({ onTestFinished }: TestContext, path: string, dieAt: string) => {
  const child = spawn(process.execPath, ['--no-warnings', script, path, `${path}.trace`, dieAt], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  return { exited, nextLine: async (): Promise<string | undefined> => (await lines.next()).value, kill: () => child.kill('SIGKILL') };
};

const traceOf = (path: string): string[] => readFileSync(`${path}.trace`, 'utf8').trim().split('\n');

/** Everything that runs when nobody kills anything. */
const whole = ['first', 'poll 0', 'poll 1', 'poll 2', 'last', 'ended succeeded one 3 end'];
const twice = (line: string): string[] => whole.flatMap((each) => (each === line ? [each, each] : [each]));

describe.each([
  { phase: 'before the checkpoint', until: 1, ran: twice('first'), dies: 'itself' },
  { phase: 'in a step', until: 1, ran: twice('first'), dies: 'when told' },
  { phase: 'between steps', until: 1, ran: whole, dies: 'itself' },
  { phase: 'in a poll', until: 3, ran: twice('poll 1'), dies: 'when told' },
  { phase: 'in a wait', until: 4, ran: whole, dies: 'when told' },
])('a process killed $phase', ({ phase, until, ran, dies }) => {
  it.concurrent('leaves a run that goes on: what was done is not repeated, what was cut off is, and it ends once', {
    timeout: 60_000,
  }, async (context) => {
    const { expect } = context;
    const path = newPath();
    const first = startChild(context, path, phase);
    if (dies === 'when told') {
      expect(await first.nextLine()).toBe(phase);
      first.kill();
    }
    expect(await first.exited).toEqual([null, 'SIGKILL']);
    expect(traceOf(path), 'it came this far').toEqual(whole.slice(0, until));
    const next = startChild(context, path, 'nowhere');
    expect(await next.nextLine(), 'the next process takes over at once').toBe('ended');
    next.kill();
    await next.exited;
    expect(traceOf(path)).toEqual(ran);
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT name, state, result FROM durable_executions').all()).toEqual([
      { name: 'run-1', state: 'succeeded', result: '"one 3 end"' },
    ]);
    database.close();
  });
});

it.concurrent('a second process is refused with a sentence while the first lives', { timeout: 60_000 }, async (context) => {
  const { expect } = context;
  const path = newPath();
  const first = startChild(context, path, 'in a step');
  expect(await first.nextLine()).toBe('in a step');
  const second = startChild(context, path, 'nowhere');
  expect(await second.nextLine()).toMatch(/are driven by the process \d+ since .*Z\. Stop it first, or use another data folder\.$/);
  expect(await second.exited).toEqual([3, null]);
  expect(traceOf(path)).toEqual(['first']);
});
