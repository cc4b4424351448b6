import type { OperationStatus, OperationUpdate, WireOperation } from '@aws/durable-execution-sdk-js';
import { permanent } from './refusal.ts';

/** An operation and when it changes by itself. Times are ISO 8601. */
export interface TimedOperation {
  readonly operation: WireOperation;
  /** When it falls due: the next attempt of a step, the end of a wait, the time by which a callback must have shown a sign of life. */
  readonly dueAt?: string | undefined;
  /** For a callback: when it times out whatever its heartbeats. */
  readonly expiresAt?: string | undefined;
  /** For a callback: how long it may be silent. */
  readonly heartbeatSeconds?: number | undefined;
}

type From = OperationStatus | 'ABSENT';
const open: readonly From[] = ['ABSENT', 'STARTED', 'READY'];

/** What may be asked of an operation in which state: the rules of the service. Everything else is refused. */
const allowed: Readonly<Record<string, Readonly<Record<string, readonly From[]>>>> = {
  // an at-least-once step may end although its START was never written: both can arrive in one batch, or the start be lost
  STEP: { START: ['ABSENT', 'READY'], RETRY: open, SUCCEED: open, FAIL: open },
  CONTEXT: { START: ['ABSENT'], SUCCEED: ['ABSENT', 'STARTED'], FAIL: ['ABSENT', 'STARTED'] },
  WAIT: { START: ['ABSENT'], CANCEL: ['STARTED'] },
  CALLBACK: { START: ['ABSENT'], CANCEL: ['STARTED'] },
};

const check = (update: OperationUpdate, before: WireOperation | undefined): void => {
  if (update.Type === 'CHAINED_INVOKE')
    throw permanent('A durable run cannot invoke another function on one machine. Call the code in a step, or in a child context.');
  if (update.Type === 'EXECUTION') throw permanent('What the run returns is too large to be kept. Store it, and return its key.');
  const from = before?.Status ?? 'ABSENT';
  if (before && before.Type !== update.Type)
    throw permanent(
      `The ${before.Type} "${before.Name ?? before.Id}" came back as a ${update.Type}: code outside steps is not deterministic.`,
    );
  if (!allowed[`${update.Type}`]?.[`${update.Action}`]?.includes(from))
    throw permanent(`${update.Action} is refused for the ${update.Type} "${update.Name ?? update.Id}", which is ${from}.`);
};

export const secondsAfter = (now: string, seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();

const endStatus = { SUCCEED: 'SUCCEEDED', FAIL: 'FAILED', CANCEL: 'CANCELLED' } as const;
const isEnd = (action: OperationUpdate['Action']): action is keyof typeof endStatus => action !== undefined && action in endStatus;

const step = (base: WireOperation, update: OperationUpdate, now: string): TimedOperation => {
  const { Attempt = 0, Result } = base.StepDetails ?? {};
  // The SDK runs attempt `Attempt + 1`: it counts the attempts that have ended, so a start does not raise it.
  if (update.Action === 'START') return { operation: { ...base, Status: 'STARTED', StepDetails: { Attempt, Result } } };
  if (update.Action === 'RETRY') {
    const dueAt = secondsAfter(now, update.StepOptions?.NextAttemptDelaySeconds ?? 1);
    // a poll carries its state in the payload of its retries
    const details = { Attempt: Attempt + 1, NextAttemptTimestamp: dueAt, Result: update.Payload ?? Result, Error: update.Error };
    return { operation: { ...base, Status: 'PENDING', StepDetails: details }, dueAt };
  }
  return { operation: { ...base, StepDetails: { Attempt: Attempt + 1, Result: update.Payload, Error: update.Error } } };
};

const context = (base: WireOperation, update: OperationUpdate): TimedOperation => {
  const ReplayChildren = update.ContextOptions?.ReplayChildren ?? base.ContextDetails?.ReplayChildren;
  return { operation: { ...base, ContextDetails: { ReplayChildren, Result: update.Payload, Error: update.Error } } };
};

const wait = (base: WireOperation, update: OperationUpdate, now: string): TimedOperation => {
  if (update.Action !== 'START') return { operation: base };
  const dueAt = secondsAfter(now, update.WaitOptions?.WaitSeconds ?? 0);
  return { operation: { ...base, WaitDetails: { ScheduledEndTimestamp: dueAt } }, dueAt };
};

const callback = (base: WireOperation, update: OperationUpdate, now: string, newCallbackId: () => string): TimedOperation => {
  if (update.Action !== 'START') return { operation: base };
  const { TimeoutSeconds, HeartbeatTimeoutSeconds: heartbeatSeconds } = update.CallbackOptions ?? {};
  const expiresAt = TimeoutSeconds === undefined ? undefined : secondsAfter(now, TimeoutSeconds);
  const operation = { ...base, CallbackDetails: { CallbackId: newCallbackId() } };
  return { operation, dueAt: callbackDueAt(now, expiresAt, heartbeatSeconds), expiresAt, heartbeatSeconds };
};

/** When a callback that shows a sign of life now falls due: at its timeout or at the end of its silence, whichever is first. */
export const callbackDueAt = (now: string, expiresAt: string | undefined, heartbeatSeconds: number | undefined): string | undefined => {
  const silentUntil = heartbeatSeconds === undefined ? undefined : secondsAfter(now, heartbeatSeconds);
  return [expiresAt, silentUntil].filter((time) => time !== undefined).toSorted()[0];
};

/** The operation after an update of the SDK. Throws a permanent refusal for what the service would not take either. */
export const afterUpdate = (
  before: WireOperation | undefined,
  update: OperationUpdate,
  now: string,
  newCallbackId: () => string,
): TimedOperation => {
  check(update, before);
  const { Id, ParentId, Name, Type, SubType, Action } = update;
  const started: WireOperation = before ?? { Id, ParentId, Name, Type, SubType, StartTimestamp: now, Status: 'STARTED' };
  const base = isEnd(Action) ? { ...started, Status: endStatus[Action], EndTimestamp: now } : started;
  if (Type === 'STEP') return step(base, update, now);
  if (Type === 'CONTEXT') return context(base, update);
  return Type === 'WAIT' ? wait(base, update, now) : callback(base, update, now, newCallbackId);
};

const timedOut = (isExpired: boolean) => ({
  ErrorType: 'CallbackTimeoutError',
  ErrorMessage: isExpired ? 'Callback timed out' : 'Callback timed out on heartbeat',
});

/** The operation once it has fallen due: a step may run again, a wait is over, a callback has timed out. */
export const afterDue = ({ operation, expiresAt }: TimedOperation, now: string): WireOperation => {
  if (operation.Type === 'STEP') return { ...operation, Status: 'READY' };
  if (operation.Type === 'WAIT') return { ...operation, Status: 'SUCCEEDED', EndTimestamp: now };
  const why = timedOut(expiresAt !== undefined && expiresAt <= now);
  return { ...operation, Status: 'TIMED_OUT', EndTimestamp: now, CallbackDetails: { ...operation.CallbackDetails, Error: why } };
};
