import type { DurableExecutionInvocationOutput } from '@aws/durable-execution-sdk-js';
import type { ClientParts } from './client.ts';
import type { Ending } from './executions.ts';
import { secondsAfter } from './operations.ts';

/** What became of one invocation; `lost`: another driver has the run, or it was stopped meanwhile. */
export type Settled =
  | { readonly is: 'waits' | 'left' | 'lost' }
  | { readonly is: 'ended'; readonly state: string }
  | { readonly is: 'stumbled'; readonly count: number };

const endedAs = (outcome: DurableExecutionInvocationOutput, limit: number): Ending | undefined => {
  if (`${outcome.Status}` === 'FAILED') return { state: 'failed', error: 'Error' in outcome ? outcome.Error : {} };
  if (`${outcome.Status}` !== 'SUCCEEDED') return undefined;
  const result = 'Result' in outcome ? outcome.Result : undefined;
  if (Buffer.byteLength(result ?? '') <= limit) return { state: 'succeeded', result };
  const ErrorMessage = `What the run returns is larger than ${limit} bytes: store it, and return its key.`;
  return { state: 'failed', error: { ErrorType: 'ResultTooLarge', ErrorMessage } };
};

/** Writes what became of invocations, each in one transaction. */
export const createOutcomes = ({ sql, executions, journal, limits, now }: ClientParts) => {
  const end = (name: string, ending: Ending, invocation?: string): Settled => {
    if (!executions.end(name, ending, now(), invocation)) return { is: 'lost' };
    journal.quiet(name);
    return { is: 'ended', state: ending.state };
  };

  /** Again, after a pause that doubles; not for ever, since what breaks every time would never end. */
  const stumble = (name: string, invocation: string, why: string, isAtOnce: boolean): Settled => {
    const count = (executions.find(name)?.stumbles ?? 0) + 1;
    const ErrorMessage = `The run did not get any further in ${count} invocations in a row, the last one because: ${why}`;
    if (count >= limits.stumbles) return end(name, { state: 'failed', error: { ErrorType: 'NoProgress', ErrorMessage } }, invocation);
    const retryAt = isAtOnce ? null : secondsAfter(now(), Math.min(60, 2 ** (count - 1)));
    return executions.repeat(name, invocation, count, retryAt) ? { is: 'stumbled', count } : { is: 'lost' };
  };

  const waits = (name: string, invocation: string): Settled => {
    const execution = executions.find(name);
    const hasNews = execution !== undefined && execution.revision > execution.delivered;
    if (!hasNews && !journal.canWake(name)) return stumble(name, invocation, 'It waits, but for nothing that could happen.', false);
    return executions.suspend(name, invocation) ? { is: 'waits' } : { is: 'lost' };
  };

  return {
    /** The handler has answered. */
    answered: (name: string, invocation: string, outcome: DurableExecutionInvocationOutput): Settled =>
      sql.transaction(() => {
        const ending = endedAs(outcome, limits.operationBytes);
        return ending ? end(name, ending, invocation) : waits(name, invocation);
      }),
    /** The handler threw: its transport, or its data on the way to it. */
    threw: (name: string, invocation: string, why: string): Settled => sql.transaction(() => stumble(name, invocation, why, false)),
    /** The process that ran it is gone. */
    interrupted: (name: string, invocation: string): Settled =>
      sql.transaction(() => stumble(name, invocation, 'Its process ended.', true)),
    /** This process lets go of it, unharmed: it goes on at the next start. */
    left: (name: string, invocation: string): Settled =>
      sql.transaction(() => ({ is: executions.repeat(name, invocation, executions.find(name)?.stumbles ?? 0, null) ? 'left' : 'lost' })),
    /** Somebody else ends it: a person, or the clock. */
    end: (name: string, ending: Ending): Settled => sql.transaction(() => end(name, ending)),
  };
};
export type Outcomes = ReturnType<typeof createOutcomes>;
