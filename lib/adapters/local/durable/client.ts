import { randomBytes, randomUUID } from 'node:crypto';
import {
  type CheckpointDurableExecutionRequest,
  type CheckpointDurableExecutionResponse,
  type DurableExecutionClient,
  type GetDurableExecutionStateRequest,
  type GetDurableExecutionStateResponse,
  isDurableExecutionClientError,
  type OperationUpdate,
} from '@aws/durable-execution-sdk-js';
import type { Execution, Executions } from './executions.ts';
import type { Journal } from './journal.ts';
import type { DurableLimits } from './limits.ts';
import { afterUpdate } from './operations.ts';
import { permanent, transient } from './refusal.ts';
import type { Sql } from './sql.ts';

/** What the client of the SDK works on. */
export interface ClientParts {
  readonly sql: Sql;
  readonly executions: Executions;
  readonly journal: Journal;
  readonly limits: DurableLimits;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
}

/** A timer may fire a moment early; the SDK would then look again only a second later. */
const earlyMs = 10;
const soon = (now: string): string => new Date(Date.parse(now) + earlyMs).toISOString();

const newCallbackId = (): string => randomBytes(24).toString('base64url');

/** Something has got further: whatever was repeated before is no loop. */
const isProgress = ({ Action }: OperationUpdate): boolean => Action !== 'START';

const named = ({ Type, Name, Id }: OperationUpdate): string => `${Type} "${Name ?? Id}"`;

const checkSize = (update: OperationUpdate, limit: number): void => {
  const bytes = Buffer.byteLength(update.Payload ?? '') + Buffer.byteLength(JSON.stringify(update.Error ?? ''));
  if (bytes > limit)
    throw permanent(
      `What the ${named(update)} returns is ${bytes} bytes, more than the ${limit} a run may keep: store it, and return its key.`,
    );
};

/** The execution, if the token is the one handed out last: a compare-and-set, so that two drivers never advance one execution. */
const held = (executions: Executions, name = '', token?: string): Execution => {
  const execution = executions.find(name);
  if (!execution) throw permanent(`There is no durable run "${name}".`);
  if (execution.state !== 'running') throw permanent(`The durable run "${name}" has ended: ${execution.state}.`);
  if (token === undefined || execution.token !== token) throw transient(`Another driver has taken over the durable run "${name}".`);
  return execution;
};

const checkpoint = (
  { sql, executions, journal, limits, now }: ClientParts,
  { DurableExecutionArn: name = '', CheckpointToken, Updates = [] }: CheckpointDurableExecutionRequest,
): CheckpointDurableExecutionResponse => {
  const at = now();
  const { delivered } = held(executions, name, CheckpointToken);
  journal.fallDue(soon(at), name);
  let { revision, bytes, stumbles } = held(executions, name, CheckpointToken);
  for (const update of Updates) {
    checkSize(update, limits.operationBytes);
    const before = journal.find(name, `${update.Id}`)?.operation;
    bytes += journal.save(name, afterUpdate(before, update, at, newCallbackId), ++revision);
  }
  if (bytes > limits.executionBytes)
    throw permanent(`The history of the durable run "${name}" has grown over ${limits.executionBytes} bytes.`);
  if (Updates.length > 0 && journal.count(name) > limits.operations)
    throw permanent(`The durable run "${name}" has more than ${limits.operations} operations.`);
  if (Updates.some(isProgress)) stumbles = 0;
  const token = randomUUID();
  const text = 'UPDATE durable_executions SET token = ?, revision = ?, delivered = ?, bytes = ?, stumbles = ? WHERE name = ?';
  sql.run(text, token, revision, revision, bytes, stumbles, name);
  return { CheckpointToken: token, NewExecutionState: { Operations: journal.changedSince(name, delivered) } };
};

const executionState = (
  { executions, journal, limits }: ClientParts,
  { DurableExecutionArn: name = '', CheckpointToken, Marker, MaxItems }: GetDurableExecutionStateRequest,
): GetDurableExecutionStateResponse => {
  held(executions, name, CheckpointToken);
  const after = Number(Marker ?? 0);
  if (!Number.isSafeInteger(after)) throw permanent(`"${Marker}" is no marker of a history.`);
  const { operations, next } = journal.page(name, after, Math.min(MaxItems ?? limits.pageSize, limits.pageSize));
  return { Operations: operations, NextMarker: next };
};

/** The SDK must know whether to try again; a database that is busy or full for a moment is no reason to end a run. */
const classified = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (isDurableExecutionClientError(error)) throw error;
    throw transient(`The run database could not be written: ${error instanceof Error ? error.message : String(error)}`, error);
  }
};

/** The SDK's view of the runs in SQLite: each batch of updates is one transaction. */
export const createClient = (parts: ClientParts): DurableExecutionClient => ({
  checkpoint: async (request) => classified(() => parts.sql.transaction(() => checkpoint(parts, request))),
  getExecutionState: async (request) => classified(() => executionState(parts, request)),
});
