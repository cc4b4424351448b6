import { DurableExecutionClientError, DurableExecutionClientErrorScope } from '@aws/durable-execution-sdk-js';

/** Ends the execution as failed: trying again cannot help. */
export const permanent = (say: string): DurableExecutionClientError =>
  new DurableExecutionClientError(say, { scope: DurableExecutionClientErrorScope.EXECUTION });

/** Ends this invocation only: the execution goes on in another one. */
export const transient = (say: string, cause?: unknown): DurableExecutionClientError =>
  new DurableExecutionClientError(say, { scope: DurableExecutionClientErrorScope.INVOCATION, cause });
