import type { DurableExecutionClient, DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { type ClientParts, createClient } from './client.ts';
import { type Execution, inputOf } from './executions.ts';
import { type DurableLog, say } from './log.ts';
import type { Outcomes, Settled } from './outcome.ts';
import { transient } from './refusal.ts';
import { contextOf } from './run.ts';

interface Active {
  readonly invocation: string;
  readonly abort: AbortController;
  /** Resolves when the run rests at a checkpoint while the driver closes. */
  readonly parked: PromiseWithResolvers<undefined>;
  done: Promise<void>;
}

/** Invokes handlers, one invocation per run at a time. */
export interface Driver {
  /** How many invocations are under way. */
  active(): number;
  isActive(name: string): boolean;
  drive(execution: Execution): void;
  /** Tells the steps under way that nobody waits for them any more. */
  abort(name: string): void;
  /** Lets the steps under way end within `graceMs`, begins no others, and lets go of the rest. */
  close(graceMs: number): Promise<void>;
}

const sleep = (ms: number) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return { promise, cancel: () => clearTimeout(timer) };
};

export interface DriverOptions {
  readonly parts: ClientParts;
  readonly outcomes: Outcomes;
  readonly handlers: (client: DurableExecutionClient) => Readonly<Record<string, DurableLambdaHandler>>;
  readonly log: DurableLog;
  /** An invocation has come to its end, whichever. */
  readonly settled: () => void;
}

export const createDriver = ({ parts, outcomes, handlers: makeHandlers, log, settled }: DriverOptions): Driver => {
  const { sql, executions, journal, limits, now } = parts;
  const active = new Map<string, Active>();
  let phase: 'open' | 'closing' | 'closed' = 'open';

  const base = createClient(parts);
  const client: DurableExecutionClient = {
    getExecutionState: base.getExecutionState,
    checkpoint: async (request) => {
      if (phase === 'closed') throw transient('This process has let go of the run.');
      const reply = await base.checkpoint(request);
      const run = active.get(request.DurableExecutionArn ?? '');
      if (phase !== 'closing' || !run || journal.isInStep(request.DurableExecutionArn ?? '')) return reply;
      // All is written and no step is under way. Who never gets an answer begins nothing new.
      run.parked.resolve(undefined);
      return new Promise<never>(() => {});
    },
  };
  const handlers = makeHandlers(client);

  const invoke = async (execution: Execution, run: Active, token: string) => {
    const handler = handlers[execution.handler];
    if (!handler) throw new Error(`This version of Gatehouse has no handler "${execution.handler}".`);
    const { operations, next } = journal.page(execution.name, 0, limits.pageSize);
    const state = { Operations: [inputOf(execution), ...operations], NextMarker: next };
    const event = { DurableExecutionArn: execution.name, CheckpointToken: token, InitialExecutionState: state };
    return handler(event, contextOf(execution, run.invocation, run.abort.signal, now));
  };

  const report = (name: string, outcome: Settled, why = ''): void => {
    if (outcome.is === 'waits') log('DURABLE_RUN_WAITS', { run: name });
    if (outcome.is === 'left') log('DURABLE_RUN_LEFT', { run: name });
    if (outcome.is === 'ended') log('DURABLE_RUN_ENDED', { run: name, state: outcome.state });
    if (outcome.is === 'stumbled') log('DURABLE_RUN_STUMBLED', { run: name, count: outcome.count, why });
  };

  const run = async (execution: Execution, mine: Active, token: string): Promise<void> => {
    const { name } = execution;
    try {
      const outcome = await Promise.race([invoke(execution, mine, token), mine.parked.promise]);
      if (phase === 'closed') return;
      report(name, outcome ? outcomes.answered(name, mine.invocation, outcome) : outcomes.left(name, mine.invocation));
    } catch (error) {
      if (phase !== 'closed') report(name, outcomes.threw(name, mine.invocation, say(error)), say(error));
    }
  };

  return {
    active: () => active.size,
    isActive: (name) => active.has(name),
    abort: (name) => active.get(name)?.abort.abort(),
    drive: (execution) => {
      const { name } = execution;
      const { invocation, token } = sql.transaction(() => executions.take(name));
      const mine: Active = { invocation, abort: new AbortController(), parked: Promise.withResolvers(), done: Promise.resolve() };
      active.set(name, mine);
      log('DURABLE_RUN_INVOKED', { run: name, attempt: execution.invocations + 1 });
      mine.done = run(execution, mine, token)
        // what could not be written now is found and repeated as interrupted
        .catch((error) => log('DURABLE_ENGINE_FAULT', { run: name, why: say(error) }))
        .finally(() => {
          active.delete(name);
          settled();
        });
    },
    close: async (graceMs) => {
      phase = 'closing';
      const grace = sleep(graceMs);
      await Promise.race([Promise.all([...active.values()].map(({ done }) => done)), grace.promise]);
      grace.cancel();
      phase = 'closed';
      for (const { abort } of active.values()) abort.abort();
      for (const [name, { invocation }] of active) report(name, outcomes.left(name, invocation));
    },
  };
};
