import type { DurableLambdaHandler, ErrorObject } from '@aws/durable-execution-sdk-js';
import type { Json } from '../../../ports/record-store.ts';
import type { Execution, ExecutionState } from './executions.ts';

/** A durable run as it is told of: everything but its history. */
export interface DurableRun {
  readonly name: string;
  /** Name of the handler that runs it. */
  readonly handler: string;
  readonly payload: Json;
  readonly state: ExecutionState;
  /** ISO 8601, as all times here. */
  readonly createdAt: string;
  /** When it ends as `timed-out` if it has not ended before. */
  readonly deadlineAt: string;
  readonly endedAt?: string;
  /** How often its handler was invoked: once more after every wait, retry delay and interruption. */
  readonly attempts: number;
  /** What the handler returned. */
  readonly result?: Json;
  /** Why it did not succeed. */
  readonly error?: { readonly name: string; readonly message: string };
}

const parse = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
};

const errorOf = (text: string): { name: string; message: string } => {
  const { ErrorType = 'Error', ErrorMessage = '' } = JSON.parse(text) as ErrorObject;
  return { name: ErrorType, message: ErrorMessage };
};

export const runOf = (row: Execution): DurableRun => ({
  name: row.name,
  handler: row.handler,
  payload: parse(row.payload),
  state: row.state,
  createdAt: row.created_at,
  deadlineAt: row.deadline_at,
  attempts: row.invocations,
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  ...(row.result === null ? {} : { result: parse(row.result) }),
  ...(row.error === null ? {} : { error: errorOf(row.error) }),
});

/** The Lambda context that the handler finds as `context.lambdaContext`, and what is ours in it. */
export type RunContext = Parameters<DurableLambdaHandler>[1] & {
  /** Aborts when the run is stopped, runs out of time, or the process ends before the step has: a step hands it to what it waits for. There is none in Lambda. */
  readonly signal: AbortSignal;
};

const notThere = (): never => {
  throw new Error('a durable handler answers by its return value');
};

export const contextOf = (row: Execution, invocation: string, signal: AbortSignal, now: () => string): RunContext => ({
  signal,
  awsRequestId: invocation,
  functionName: row.handler,
  functionVersion: '$LATEST',
  invokedFunctionArn: row.handler,
  memoryLimitInMB: '0',
  logGroupName: 'local',
  logStreamName: row.name,
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, Date.parse(row.deadline_at) - Date.parse(now())),
  done: notThere,
  fail: notThere,
  succeed: notThere,
});
