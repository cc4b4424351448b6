import type { OperationAction, OperationType, OperationUpdate, WireOperation } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { afterDue, afterUpdate, type TimedOperation } from './operations.ts';

const now = '2026-11-27T10:00:00.000Z';
const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();

const update = (Type: OperationType, Action: OperationAction, more: Partial<OperationUpdate> = {}): OperationUpdate => ({
  ...{ Id: 'op', Name: 'work', Type, Action },
  ...more,
});
const apply = (before: WireOperation | undefined, ...updates: OperationUpdate[]): TimedOperation => {
  let timed: TimedOperation | undefined = before && { operation: before };
  for (const each of updates) timed = afterUpdate(timed?.operation, each, now, () => 'callback-1');
  if (!timed) throw new Error('no update');
  return timed;
};

describe('a step', () => {
  it('counts the attempts that have ended, so that the SDK runs attempt 1 first', () => {
    const started = apply(undefined, update('STEP', 'START'));
    expect(started.operation).toMatchObject({ Status: 'STARTED', StepDetails: { Attempt: 0 } });
    const retry = update('STEP', 'RETRY', { StepOptions: { NextAttemptDelaySeconds: 30 }, Error: { ErrorMessage: 'no' } });
    const again = apply(started.operation, retry);
    expect(again).toMatchObject({
      operation: { Status: 'PENDING', StepDetails: { Attempt: 1, NextAttemptTimestamp: later(30) } },
      dueAt: later(30),
    });
    const ready = afterDue(again, later(30));
    expect(ready.Status).toBe('READY');
    const ended = apply(ready, update('STEP', 'START'), update('STEP', 'SUCCEED', { Payload: '1' }));
    expect(ended).toMatchObject({ operation: { Status: 'SUCCEEDED', EndTimestamp: now, StepDetails: { Attempt: 2, Result: '1' } } });
  });

  it('keeps the state of a poll through its next start', () => {
    const first = apply(undefined, update('STEP', 'RETRY', { Payload: '{"polls":1}', StepOptions: { NextAttemptDelaySeconds: 1 } }));
    const next = apply(afterDue(first, later(1)), update('STEP', 'START'));
    expect(next.operation).toMatchObject({ Status: 'STARTED', StepDetails: { Result: '{"polls":1}' } });
  });
});

describe('a callback', () => {
  it('falls due at its heartbeat or at its timeout, whichever is first, and says which', () => {
    const CallbackOptions = { TimeoutSeconds: 60, HeartbeatTimeoutSeconds: 10 };
    const started = apply(undefined, update('CALLBACK', 'START', { CallbackOptions }));
    expect(started).toMatchObject({ dueAt: later(10), expiresAt: later(60), operation: { CallbackDetails: { CallbackId: 'callback-1' } } });
    expect(afterDue(started, later(10))).toMatchObject({
      Status: 'TIMED_OUT',
      CallbackDetails: { CallbackId: 'callback-1', Error: { ErrorMessage: 'Callback timed out on heartbeat' } },
    });
    expect(afterDue(started, later(60)).CallbackDetails?.Error?.ErrorMessage).toBe('Callback timed out');
  });

  it('without a timeout waits for as long as the run may', () => {
    expect(apply(undefined, update('CALLBACK', 'START')).dueAt).toBeUndefined();
  });
});

describe('contexts and waits', () => {
  it('a context keeps whether its children are replayed', () => {
    const ended = apply(
      undefined,
      update('CONTEXT', 'START'),
      update('CONTEXT', 'SUCCEED', { Payload: '', ContextOptions: { ReplayChildren: true } }),
    );
    expect(ended.operation).toMatchObject({ Status: 'SUCCEEDED', ContextDetails: { ReplayChildren: true, Result: '' } });
  });

  it('a wait falls due, and a cancelled one does not', () => {
    const started = apply(undefined, update('WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } }));
    expect(started).toMatchObject({ dueAt: later(5), operation: { WaitDetails: { ScheduledEndTimestamp: later(5) } } });
    expect(afterDue(started, later(5))).toMatchObject({ Status: 'SUCCEEDED', EndTimestamp: later(5) });
    const cancelled = apply(started.operation, update('WAIT', 'CANCEL'));
    expect(cancelled.operation.Status).toBe('CANCELLED');
    expect(cancelled.dueAt).toBeUndefined();
  });
});

describe('refused for good', () => {
  const started = (type: OperationType) => apply(undefined, update(type, 'START')).operation;
  const ended = apply(undefined, update('STEP', 'SUCCEED', { Payload: '1' })).operation;
  it.each([
    {
      what: 'a second start of a step',
      before: started('STEP'),
      asked: update('STEP', 'START'),
      says: 'START is refused for the STEP "work", which is STARTED.',
    },
    { what: 'a second end of a step', before: ended, asked: update('STEP', 'SUCCEED'), says: 'which is SUCCEEDED' },
    { what: 'a retry of a wait', before: started('WAIT'), asked: update('WAIT', 'RETRY'), says: 'RETRY is refused' },
    {
      what: 'the end of a callback by the run itself',
      before: started('CALLBACK'),
      asked: update('CALLBACK', 'SUCCEED'),
      says: 'SUCCEED is refused',
    },
    {
      what: 'a step that was a wait',
      before: started('WAIT'),
      asked: update('STEP', 'SUCCEED'),
      says: 'code outside steps is not deterministic',
    },
    {
      what: 'invoking a function',
      before: undefined,
      asked: update('CHAINED_INVOKE', 'START'),
      says: 'cannot invoke another function on one machine',
    },
    { what: 'an answer of more than six megabytes', before: undefined, asked: update('EXECUTION', 'SUCCEED'), says: 'return its key' },
  ])('$what', ({ before, asked, says }) => {
    expect(() => apply(before, asked)).toThrow(expect.objectContaining({ scope: 'EXECUTION', message: expect.stringContaining(says) }));
  });
});
