import { randomUUID } from 'node:crypto';
import type { ErrorObject, WireOperation } from '@aws/durable-execution-sdk-js';
import type { Sql } from './sql.ts';

/** `running` until it has ended; the other states are final. */
export type ExecutionState = 'running' | 'succeeded' | 'failed' | 'timed-out' | 'stopped';

/** One row of durable_executions, as it is stored. */
export interface Execution {
  readonly name: string;
  readonly handler: string;
  readonly payload: string;
  readonly state: ExecutionState;
  readonly created_at: string;
  readonly deadline_at: string;
  readonly ended_at: string | null;
  readonly invocation: string | null;
  readonly token: string | null;
  readonly revision: number;
  readonly delivered: number;
  readonly invocations: number;
  readonly stumbles: number;
  readonly bytes: number;
  readonly result: string | null;
  readonly error: string | null;
}

/** How an execution ended. */
export type Ending =
  | { readonly state: 'succeeded'; readonly result: string | undefined }
  | { readonly state: 'failed' | 'timed-out' | 'stopped'; readonly error: ErrorObject };

/** The executions themselves. What it writes belongs into a transaction of the caller. */
export interface Executions {
  find(name: string): Execution | undefined;
  add(entry: Pick<Execution, 'name' | 'handler' | 'payload' | 'created_at' | 'deadline_at'>): void;
  /** A driver takes it: the token of any other driver is void from here on. */
  take(name: string): { readonly invocation: string; readonly token: string };
  /** The invocation is over and the execution waits for its operations. False when another driver has it. */
  suspend(name: string, invocation: string): boolean;
  /** The invocation is over and has to be repeated, at `retryAt` or at once. False when another driver has it. */
  repeat(name: string, invocation: string, stumbles: number, retryAt: string | null): boolean;
  /** Ends it once. False when it has ended, or another driver has it. */
  end(name: string, ending: Ending, now: string, invocation?: string): boolean;
  /** Those whose invocation was cut off by the end of a process. */
  interrupted(): Execution[];
  /** Those that want an invocation now, oldest first. */
  ready(now: string, limit: number): Execution[];
  overdue(now: string): Execution[];
  /** Ended ones of which nobody was told. */
  untold(): Execution[];
  told(name: string): void;
  /** When the next one runs out of time or may be tried again. */
  nextAt(): string | undefined;
  endedBefore(time: string): string[];
  remove(name: string): void;
}

/** The operation every history begins with. */
export const inputOf = ({ created_at, payload }: Execution): WireOperation => ({
  Id: 'execution',
  Type: 'EXECUTION',
  Status: 'STARTED',
  StartTimestamp: created_at,
  ExecutionDetails: { InputPayload: payload },
});

const running = "state = 'running'";
const ready = `SELECT * FROM durable_executions WHERE ${running} AND invocation IS NULL
  AND (wanted = 1 OR revision > delivered) AND (retry_at IS NULL OR retry_at <= ?) ORDER BY created_at, name LIMIT ?`;
const end = `UPDATE durable_executions SET state = ?1, result = ?2, error = ?3, ended_at = ?4, invocation = NULL, token = NULL
  WHERE name = ?5 AND ${running} AND (?6 IS NULL OR invocation = ?6)`;

export const createExecutions = (sql: Sql): Executions => ({
  find: (name) => sql.one<Execution>('SELECT * FROM durable_executions WHERE name = ?', name),
  add: ({ name, handler, payload, created_at, deadline_at }) => {
    const text = `INSERT INTO durable_executions (name, handler, payload, state, created_at, deadline_at) VALUES (?, ?, ?, 'running', ?, ?)`;
    sql.run(text, name, handler, payload, created_at, deadline_at);
  },
  take: (name) => {
    const taken = { invocation: randomUUID(), token: randomUUID() };
    const text = `UPDATE durable_executions SET invocation = ?, token = ?, wanted = 0, retry_at = NULL, delivered = revision,
      invocations = invocations + 1 WHERE name = ? AND ${running}`;
    sql.run(text, taken.invocation, taken.token, name);
    return taken;
  },
  suspend: (name, invocation) => {
    const text = 'UPDATE durable_executions SET invocation = NULL, token = NULL, stumbles = 0 WHERE name = ? AND invocation = ?';
    return sql.run(text, name, invocation) === 1;
  },
  repeat: (name, invocation, stumbles, retryAt) => {
    const text = `UPDATE durable_executions SET invocation = NULL, token = NULL, wanted = 1, stumbles = ?, retry_at = ?
      WHERE name = ? AND invocation = ?`;
    return sql.run(text, stumbles, retryAt, name, invocation) === 1;
  },
  end: (name, ending, now, invocation) => {
    const result = ending.state === 'succeeded' ? (ending.result ?? null) : null;
    const error = ending.state === 'succeeded' ? null : JSON.stringify(ending.error);
    return sql.run(end, ending.state, result, error, now, name, invocation ?? null) === 1;
  },
  interrupted: () => sql.all<Execution>(`SELECT * FROM durable_executions WHERE ${running} AND invocation IS NOT NULL`),
  ready: (now, limit) => sql.all<Execution>(ready, now, limit),
  overdue: (now) => sql.all<Execution>(`SELECT * FROM durable_executions WHERE ${running} AND deadline_at <= ?`, now),
  untold: () => sql.all<Execution>("SELECT * FROM durable_executions WHERE state <> 'running' AND told = 0 ORDER BY ended_at"),
  told: (name) => void sql.run('UPDATE durable_executions SET told = 1 WHERE name = ?', name),
  nextAt: () => {
    const text = `SELECT min(min(deadline_at), coalesce(min(retry_at), min(deadline_at))) AS at FROM durable_executions WHERE ${running}`;
    return sql.one<{ at: string | null }>(text)?.at ?? undefined;
  },
  endedBefore: (time) =>
    sql
      .all<{ name: string }>("SELECT name FROM durable_executions WHERE state <> 'running' AND told = 1 AND ended_at < ?", time)
      .map(({ name }) => name),
  remove: (name) => void sql.run('DELETE FROM durable_executions WHERE name = ?', name),
});
