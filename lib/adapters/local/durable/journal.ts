import type { WireOperation } from '@aws/durable-execution-sdk-js';
import { afterDue, type TimedOperation } from './operations.ts';
import type { Sql } from './sql.ts';

/** A stored operation with the execution it belongs to. */
export interface JournalRow extends TimedOperation {
  readonly execution: string;
  readonly id: string;
  readonly seq: number;
  readonly isHidden: boolean;
  /** Length of what is stored of it. */
  readonly bytes: number;
}

interface RawRow {
  readonly execution: string;
  readonly id: string;
  readonly seq: number;
  readonly hidden: number;
  readonly operation: string;
  readonly expires_at: string | null;
  readonly heartbeat_seconds: number | null;
}

/** The operations of all executions. What it writes belongs into a transaction of the caller. */
export interface Journal {
  find(execution: string, id: string): JournalRow | undefined;
  findCallback(callbackId: string): JournalRow | undefined;
  /** Writes an operation as change number `revision` of its execution; answers by how many bytes the history has grown. */
  save(execution: string, timed: TimedOperation, revision: number): number;
  /** Operations a replay needs, oldest first, after the place `marker`. */
  page(execution: string, marker: number, limit: number): { readonly operations: WireOperation[]; readonly next?: string };
  /** Operations changed after a revision, oldest first. */
  changedSince(execution: string, revision: number): WireOperation[];
  count(execution: string): number;
  /** Lets everything fall due that is due by `now`, of one execution or of all, and counts it as a change of its execution. */
  fallDue(now: string, execution?: string): void;
  /** Whether something can still wake the execution: an operation that falls due, or a callback. */
  canWake(execution: string): boolean;
  /** Whether a step is being run, as far as the journal knows. */
  isInStep(execution: string): boolean;
  /** When the next operation of any execution falls due. */
  nextDueAt(): string | undefined;
  /** Nothing of it falls due any more. */
  quiet(execution: string): void;
  remove(execution: string): void;
}

const columns = 'execution, id, seq, hidden, operation, expires_at, heartbeat_seconds';

const toRow = (raw: RawRow): JournalRow => ({
  execution: raw.execution,
  id: raw.id,
  seq: raw.seq,
  isHidden: raw.hidden === 1,
  bytes: Buffer.byteLength(raw.operation),
  operation: JSON.parse(raw.operation) as WireOperation,
  expiresAt: raw.expires_at ?? undefined,
  heartbeatSeconds: raw.heartbeat_seconds ?? undefined,
});

/** A context that is over and keeps no children: a replay takes its stored answer and never looks below it. */
const closesItsChildren = ({ Type, Status, ContextDetails }: WireOperation): boolean =>
  Type === 'CONTEXT' && (Status === 'SUCCEEDED' || Status === 'FAILED') && !ContextDetails?.ReplayChildren;

const upsert = `INSERT INTO durable_operations
  (execution, id, parent, status, operation, revision, hidden, due_at, expires_at, heartbeat_seconds, callback_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (execution, id) DO UPDATE SET status = excluded.status, operation = excluded.operation, revision = excluded.revision,
    due_at = excluded.due_at, expires_at = excluded.expires_at, heartbeat_seconds = excluded.heartbeat_seconds`;

const hideBelow = `WITH RECURSIVE below (id) AS (
    SELECT id FROM durable_operations WHERE execution = ?1 AND parent = ?2
    UNION SELECT o.id FROM durable_operations o JOIN below b ON o.parent = b.id WHERE o.execution = ?1)
  UPDATE durable_operations SET hidden = 1, due_at = NULL WHERE execution = ?1 AND id IN below`;

export const createJournal = (sql: Sql): Journal => {
  const find = (execution: string, id: string): JournalRow | undefined => {
    const raw = sql.one<RawRow>(`SELECT ${columns} FROM durable_operations WHERE execution = ? AND id = ?`, execution, id);
    return raw && toRow(raw);
  };

  /** Late news from below a closed context: a branch that lost the race. It is kept and wakes nobody. */
  const belongsHidden = (execution: string, parentId: string | undefined): boolean => {
    const parent = parentId === undefined ? undefined : find(execution, parentId);
    return parent !== undefined && (parent.isHidden || closesItsChildren(parent.operation));
  };

  const save = (execution: string, { operation, dueAt, expiresAt, heartbeatSeconds }: TimedOperation, revision: number): number => {
    const id = `${operation.Id}`;
    const before = find(execution, id);
    const hidden = before?.isHidden ?? belongsHidden(execution, operation.ParentId);
    const text = JSON.stringify(operation);
    sql.run(
      upsert,
      ...[execution, id, operation.ParentId ?? null, `${operation.Status}`, text, revision],
      ...[hidden ? 1 : 0, hidden ? null : (dueAt ?? null), expiresAt ?? null, heartbeatSeconds ?? null],
      operation.CallbackDetails?.CallbackId ?? null,
    );
    if (closesItsChildren(operation)) sql.run(hideBelow, execution, id);
    return Buffer.byteLength(text) - (before?.bytes ?? 0);
  };

  const fallDue = (now: string, execution?: string): void => {
    const mine = execution === undefined ? [] : [execution];
    const where = execution === undefined ? '' : ' AND execution = ?';
    const due = sql
      .all<RawRow>(`SELECT ${columns} FROM durable_operations WHERE due_at <= ?${where} ORDER BY seq`, now, ...mine)
      .map(toRow);
    for (const row of due) {
      const raise = 'UPDATE durable_executions SET revision = revision + 1 WHERE name = ? RETURNING revision';
      const revision = sql.one<{ revision: number }>(raise, row.execution)?.revision ?? 0;
      save(row.execution, { ...row, operation: afterDue(row, now), dueAt: undefined }, revision);
    }
  };

  const has = (text: string, execution: string): boolean =>
    sql.one(`SELECT 1 FROM durable_operations WHERE execution = ? AND ${text}`, execution) !== undefined;

  return {
    find,
    save,
    fallDue,
    findCallback: (callbackId) => {
      const raw = sql.one<RawRow>(`SELECT ${columns} FROM durable_operations WHERE callback_id = ?`, callbackId);
      return raw && toRow(raw);
    },
    page: (execution, marker, limit) => {
      const text = `SELECT ${columns} FROM durable_operations WHERE execution = ? AND hidden = 0 AND seq > ? ORDER BY seq LIMIT ?`;
      const rows = sql.all<RawRow>(text, execution, marker, limit + 1).map(toRow);
      const shown = rows.slice(0, limit);
      const operations = shown.map(({ operation }) => operation);
      const last = shown.at(-1);
      return rows.length > limit && last ? { operations, next: String(last.seq) } : { operations };
    },
    changedSince: (execution, revision) =>
      sql
        .all<RawRow>(`SELECT ${columns} FROM durable_operations WHERE execution = ? AND revision > ? ORDER BY seq`, execution, revision)
        .map((raw) => toRow(raw).operation),
    count: (execution) => sql.one<{ n: number }>('SELECT count(*) AS n FROM durable_operations WHERE execution = ?', execution)?.n ?? 0,
    canWake: (execution) => has(`hidden = 0 AND (due_at IS NOT NULL OR (callback_id IS NOT NULL AND status = 'STARTED'))`, execution),
    isInStep: (execution) => has(`hidden = 0 AND status = 'STARTED' AND json_extract(operation, '$.Type') = 'STEP'`, execution),
    nextDueAt: () =>
      sql.one<{ at: string | null }>('SELECT min(due_at) AS at FROM durable_operations WHERE due_at IS NOT NULL')?.at ?? undefined,
    quiet: (execution) => void sql.run('UPDATE durable_operations SET due_at = NULL WHERE execution = ? AND due_at IS NOT NULL', execution),
    remove: (execution) => void sql.run('DELETE FROM durable_operations WHERE execution = ?', execution),
  };
};
