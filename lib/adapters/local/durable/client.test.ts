import { DatabaseSync } from 'node:sqlite';
import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { describe, expect, it } from 'vitest';
import { createCallbacks } from './callbacks.ts';
import { type ClientParts, createClient } from './client.ts';
import { createExecutions } from './executions.ts';
import { createJournal } from './journal.ts';
import { type DurableLimits, defaultLimits } from './limits.ts';
import { createSql } from './sql.ts';
import { createDurableTables } from './tables.ts';

const begin = '2026-11-27T10:00:00.000Z';

/** A run that a driver has just taken, on a clock that the test moves. */
const taken = (limits: Partial<DurableLimits> = {}) => {
  const database = new DatabaseSync(':memory:');
  createDurableTables(database);
  const sql = createSql(database);
  let seconds = 0;
  const now = () => new Date(Date.parse(begin) + seconds * 1000).toISOString();
  const parts: ClientParts = {
    sql,
    executions: createExecutions(sql),
    journal: createJournal(sql),
    limits: { ...defaultLimits, ...limits },
    now,
  };
  parts.executions.add({ name: 'run-1', handler: 'scan', payload: '{}', created_at: begin, deadline_at: '2026-11-28T10:00:00.000Z' });
  const { token } = parts.executions.take('run-1');
  const client = createClient(parts);
  const checkpoint = (CheckpointToken: string | undefined, ...Updates: OperationUpdate[]) =>
    client.checkpoint({ DurableExecutionArn: 'run-1', CheckpointToken, Updates });
  const sleep = (more: number): void => {
    seconds += more;
  };
  return { ...parts, database, client, callbacks: createCallbacks(parts), token, checkpoint, sleep };
};

const step = (Id: string, Payload = '1'): OperationUpdate => ({ Id, Name: Id, Type: 'STEP', Action: 'SUCCEED', Payload });
const permanently = (says: string) => expect.objectContaining({ scope: 'EXECUTION', message: expect.stringContaining(says) });
const forNow = (says: string) => expect.objectContaining({ scope: 'INVOCATION', message: expect.stringContaining(says) });

describe('the token', () => {
  it('is good once: of two drivers with the same one, exactly one gets on', async () => {
    const { checkpoint, token, journal } = taken();
    const both = await Promise.allSettled([checkpoint(token, step('mine')), checkpoint(token, step('yours'))]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: forNow('Another driver has taken over') });
    expect(
      journal.page('run-1', 0, 10).operations.map(({ Id }) => Id),
      'the other left no trace',
    ).toEqual(['mine']);
  });

  it('of a driver that lost the run is void, for reading too', async () => {
    const { checkpoint, token, executions, client } = taken();
    const next = executions.take('run-1');
    await expect(checkpoint(token, step('late'))).rejects.toEqual(forNow('Another driver'));
    await expect(client.getExecutionState({ DurableExecutionArn: 'run-1', CheckpointToken: token })).rejects.toEqual(
      forNow('Another driver'),
    );
    await expect(checkpoint(next.token, step('fine'))).resolves.toMatchObject({ CheckpointToken: expect.any(String) });
  });

  it('of a run that has ended, or never was, is refused for good', async () => {
    const { checkpoint, token, executions, client } = taken();
    executions.end('run-1', { state: 'stopped', error: {} }, begin);
    await expect(checkpoint(token, step('late'))).rejects.toEqual(permanently('has ended: stopped'));
    await expect(client.checkpoint({ DurableExecutionArn: 'run-2', CheckpointToken: token })).rejects.toEqual(
      permanently('no durable run "run-2"'),
    );
  });
});

describe('a batch', () => {
  it('is written whole or not at all, and the token stays good', async () => {
    const { checkpoint, token, journal } = taken();
    await expect(checkpoint(token, step('a'), { Id: 'b', Type: 'WAIT', Action: 'RETRY' })).rejects.toEqual(permanently('RETRY is refused'));
    expect(journal.count('run-1')).toBe(0);
    await checkpoint(token, step('a'));
    expect(journal.count('run-1')).toBe(1);
  });

  it('is answered with what it changed, and with what changed meanwhile', async () => {
    const { checkpoint, token, callbacks, sleep } = taken();
    const first = await checkpoint(
      token,
      { Id: 'pause', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 5 } },
      { Id: 'call', Type: 'CALLBACK', Action: 'START' },
    );
    const id = first.NewExecutionState?.Operations?.[1]?.CallbackDetails?.CallbackId ?? '';
    const quiet = await checkpoint(first.CheckpointToken);
    expect(quiet.NewExecutionState?.Operations).toEqual([]);
    expect(callbacks.complete(id, 'yes').ok).toBe(true);
    sleep(5);
    const news = await checkpoint(quiet.CheckpointToken, step('a'));
    expect(news.NewExecutionState?.Operations?.map(({ Id, Status }) => `${Id} ${Status}`)).toEqual([
      'pause SUCCEEDED',
      'call SUCCEEDED',
      'a SUCCEEDED',
    ]);
  });

  it('that the database cannot take is a trouble for now', async () => {
    const { checkpoint, token, database } = taken();
    database.exec("CREATE TRIGGER full BEFORE INSERT ON durable_operations BEGIN SELECT raise(ABORT, 'disk full'); END");
    await expect(checkpoint(token, step('a'))).rejects.toEqual(forNow('disk full'));
    database.exec('DROP TRIGGER full');
    await checkpoint(token, step('a'));
  });
});

describe('caps', () => {
  it('on what one operation keeps', async () => {
    const { checkpoint, token } = taken();
    const { CheckpointToken } = await checkpoint(token, step('fits', 'x'.repeat(256 * 1024 - 2)));
    await expect(checkpoint(CheckpointToken, step('large', 'x'.repeat(256 * 1024)))).rejects.toEqual(
      permanently('store it, and return its key'),
    );
  });

  it('on a whole history, which a changed operation does not fill twice', async () => {
    const { checkpoint, token } = taken({ executionBytes: 2000 });
    const poll: OperationUpdate = {
      Id: 'poll',
      Type: 'STEP',
      Action: 'RETRY',
      Payload: 'x'.repeat(800),
      StepOptions: { NextAttemptDelaySeconds: 0 },
    };
    let last = await checkpoint(token, poll);
    for (let n = 0; n < 5; n += 1) last = await checkpoint(last.CheckpointToken, poll);
    await expect(checkpoint(last.CheckpointToken, step('more', 'x'.repeat(900)))).rejects.toEqual(permanently('has grown over 2000 bytes'));
  });

  it('on the number of operations', async () => {
    const { checkpoint, token } = taken({ operations: 2 });
    await expect(checkpoint(token, step('a'), step('b'), step('c'))).rejects.toEqual(permanently('more than 2 operations'));
    await checkpoint(token, step('a'), step('b'));
  });
});

describe('reading a history', () => {
  it('goes page by page, oldest first', async () => {
    const { checkpoint, token, client } = taken({ pageSize: 2 });
    const { CheckpointToken } = await checkpoint(token, ...['a', 'b', 'c', 'd', 'e'].map((id) => step(id)));
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await client.getExecutionState({ DurableExecutionArn: 'run-1', CheckpointToken, Marker, MaxItems: 1000 });
      expect(page.Operations?.length).toBeLessThanOrEqual(2);
      seen.push(...(page.Operations ?? []).map(({ Id }) => `${Id}`));
      Marker = page.NextMarker;
    } while (Marker);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    await expect(client.getExecutionState({ DurableExecutionArn: 'run-1', CheckpointToken, Marker: 'x' })).rejects.toEqual(
      permanently('no marker'),
    );
  });

  it('leaves out what lies below a context that is over, unless it is replayed', async () => {
    const { checkpoint, token, journal } = taken();
    const context = (Id: string, Action: 'START' | 'SUCCEED', ReplayChildren?: boolean): OperationUpdate => ({
      ...{ Id, Type: 'CONTEXT', Action },
      ...(ReplayChildren ? { ContextOptions: { ReplayChildren } } : {}),
    });
    const { CheckpointToken } = await checkpoint(
      token,
      ...[context('over', 'START'), { ...context('inner', 'START'), ParentId: 'over' }, { ...step('deep'), ParentId: 'inner' }],
      ...[context('kept', 'START'), { ...step('child'), ParentId: 'kept' }],
      ...[context('over', 'SUCCEED'), context('kept', 'SUCCEED', true)],
    );
    // a branch that lost the race comes in late, with a retry that must not wake anybody
    await checkpoint(CheckpointToken, {
      ...{ Id: 'late', ParentId: 'over', Type: 'STEP', Action: 'RETRY' },
      StepOptions: { NextAttemptDelaySeconds: 1 },
    });
    expect(journal.page('run-1', 0, 100).operations.map(({ Id }) => Id)).toEqual(['over', 'kept', 'child']);
    expect(journal.nextDueAt()).toBeUndefined();
  });
});

describe('a callback', () => {
  it('lives on by heartbeats and times out for want of one; an answer after that is too late', async () => {
    const { checkpoint, token, callbacks, sleep, executions } = taken();
    const options = { CallbackOptions: { TimeoutSeconds: 25, HeartbeatTimeoutSeconds: 10 } };
    const started = await checkpoint(token, { Id: 'call', Type: 'CALLBACK', Action: 'START', ...options });
    const id = started.NewExecutionState?.Operations?.[0]?.CallbackDetails?.CallbackId ?? '';
    for (const _beat of [1, 2]) {
      sleep(9);
      expect(callbacks.heartbeat(id)).toEqual({ ok: true, value: undefined });
    }
    const before = executions.find('run-1');
    expect(before?.revision, 'a heartbeat is no news for the run').toBe(before?.delivered);
    sleep(8);
    expect(callbacks.complete(id, 'late'), 'the timeout counts from the start').toMatchObject({ ok: false, failure: { code: 'conflict' } });
    const news = await checkpoint(started.CheckpointToken);
    expect(news.NewExecutionState?.Operations).toMatchObject([
      { Status: 'TIMED_OUT', CallbackDetails: { Error: { ErrorMessage: 'Callback timed out' } } },
    ]);
  });

  it('takes no answer that is too large', async () => {
    const { checkpoint, token, callbacks } = taken({ operationBytes: 10 });
    const started = await checkpoint(token, { Id: 'call', Type: 'CALLBACK', Action: 'START' });
    const id = started.NewExecutionState?.Operations?.[0]?.CallbackDetails?.CallbackId ?? '';
    expect(callbacks.complete(id, 'x'.repeat(11))).toMatchObject({ ok: false, failure: { code: 'input-invalid' } });
    expect(callbacks.complete(id, 'x'.repeat(10))).toMatchObject({ ok: true });
  });
});
