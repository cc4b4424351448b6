import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';
import { afterEach, expect, it } from 'vitest';
import { counter, everyAnswer, everyBody, everyOperation } from '../../../../test/support/durable-workflow.ts';

afterEach(() => LocalDurableTestRunner.teardownTestEnvironment());

// the sibling over SQLite is in engine.test.ts: the same workflow, the same answer
it.each([
  { name: 'with skipped time', skipTime: true },
  { name: 'in real time', skipTime: false },
])('the same workflow gives the same answer under the official runner $name', { timeout: 60_000 }, async ({ skipTime }) => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime });
  const bodies = counter();
  const handlerFunction = withDurableExecution(everyOperation({ does: bodies.count, submits: () => {} }));
  const runner = new LocalDurableTestRunner({ handlerFunction });
  const running = runner.run({ payload: { items: [1, 2, 3] } });
  const approval = runner.getOperation('approval');
  await approval.waitForData(WaitingOperationStatus.SUBMITTED);
  await approval.sendCallbackSuccess('yes');
  const run = await running;
  expect(run.getStatus()).toBe('SUCCEEDED');
  expect(run.getResult()).toEqual(everyAnswer);
  expect(bodies.counts).toEqual(everyBody);
});
