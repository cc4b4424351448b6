import type { CallbackDetails, OperationStatus } from '@aws/durable-execution-sdk-js';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ClientParts } from './client.ts';
import type { JournalRow } from './journal.ts';
import { callbackDueAt, type TimedOperation } from './operations.ts';

/** What the world outside tells a run that waits for it. */
export interface Callbacks {
  /** Answers the callback with a text, which the run reads as it is. */
  complete(callbackId: string, answer: string): Result<void>;
  /** Tells the run that what it waits for has failed. */
  fail(callbackId: string, error: { readonly name: string; readonly message: string }): Result<void>;
  /** A sign of life: the callback's heartbeat starts anew. */
  heartbeat(callbackId: string): Result<void>;
}

type Change = (row: JournalRow, now: string) => TimedOperation;

const ending =
  (Status: OperationStatus, told: CallbackDetails): Change =>
  ({ operation }, now) => ({
    operation: { ...operation, Status, EndTimestamp: now, CallbackDetails: { ...operation.CallbackDetails, ...told } },
  });

const alive: Change = ({ operation, expiresAt, heartbeatSeconds }, now) => ({
  ...{ operation, expiresAt, heartbeatSeconds },
  dueAt: callbackDueAt(now, expiresAt, heartbeatSeconds),
});

export const createCallbacks = ({ sql, executions, journal, limits, now }: ClientParts): Callbacks => {
  const change = (callbackId: string, wanted: Change): Result<void> =>
    sql.transaction(() => {
      const at = now();
      const row = journal.findCallback(callbackId);
      const execution = row && executions.find(row.execution);
      if (!row || !execution) return failed('not-found', 'There is no such callback: it is unknown, or its run was removed.');
      // a callback that is too late is timed out, even if nobody has looked yet
      journal.fallDue(at, row.execution);
      const { operation } = journal.find(row.execution, row.id) ?? row;
      if (execution.state !== 'running' || operation.Status !== 'STARTED')
        return failed(
          'conflict',
          `The callback has ended already: ${execution.state === 'running' ? operation.Status?.toLowerCase() : `its run has ${execution.state}`}.`,
        );
      // only an ending wakes the run
      const revision = (executions.find(row.execution)?.revision ?? 0) + (wanted === alive ? 0 : 1);
      const grown = journal.save(row.execution, wanted({ ...row, operation }, at), revision);
      sql.run('UPDATE durable_executions SET revision = ?, bytes = bytes + ? WHERE name = ?', revision, grown, row.execution);
      return succeed(undefined);
    });

  const fits = (text: string): Result<void> =>
    Buffer.byteLength(text) <= limits.operationBytes
      ? succeed(undefined)
      : failed('input-invalid', `The answer is larger than ${limits.operationBytes} bytes: store it, and answer with its key.`);

  return {
    complete: (callbackId, answer) => {
      const small = fits(answer);
      return small.ok ? change(callbackId, ending('SUCCEEDED', { Result: answer })) : small;
    },
    fail: (callbackId, { name, message }) => {
      const small = fits(name + message);
      return small.ok ? change(callbackId, ending('FAILED', { Error: { ErrorType: name, ErrorMessage: message } })) : small;
    },
    heartbeat: (callbackId) => change(callbackId, alive),
  };
};
