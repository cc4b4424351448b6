import type { DatabaseSync } from 'node:sqlite';

/**
 * `wanted`: it asks for an invocation whatever its operations say. `revision` counts every change of its operations, `delivered` is the revision its driver has seen.
 * `stumbles` counts invocations in a row that ended without having got anywhere. `told`: whoever wanted to know of the end knows.
 */
const executions = `CREATE TABLE IF NOT EXISTS durable_executions (
  name TEXT PRIMARY KEY,
  handler TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'timed-out', 'stopped')),
  created_at TEXT NOT NULL,
  deadline_at TEXT NOT NULL,
  ended_at TEXT,
  wanted INTEGER NOT NULL DEFAULT 1,
  retry_at TEXT,
  invocation TEXT,
  token TEXT,
  revision INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  invocations INTEGER NOT NULL DEFAULT 0,
  stumbles INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  result TEXT,
  error TEXT,
  told INTEGER NOT NULL DEFAULT 0
) STRICT`;

/** `operation` is the SDK's own shape as JSON. `hidden`: below a context that is done and is not replayed. `due_at`: when it changes by itself. */
const operations = `CREATE TABLE IF NOT EXISTS durable_operations (
  seq INTEGER PRIMARY KEY,
  execution TEXT NOT NULL,
  id TEXT NOT NULL,
  parent TEXT,
  status TEXT NOT NULL,
  operation TEXT NOT NULL,
  revision INTEGER NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0,
  due_at TEXT,
  expires_at TEXT,
  heartbeat_seconds INTEGER,
  callback_id TEXT UNIQUE,
  UNIQUE (execution, id)
) STRICT`;

const statements = [
  executions,
  operations,
  `CREATE INDEX IF NOT EXISTS durable_executions_running ON durable_executions (created_at) WHERE state = 'running'`,
  `CREATE INDEX IF NOT EXISTS durable_executions_ended ON durable_executions (ended_at) WHERE state <> 'running'`,
  'CREATE INDEX IF NOT EXISTS durable_operations_due ON durable_operations (due_at) WHERE due_at IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS durable_operations_parent ON durable_operations (execution, parent)',
  // who drives the runs, for the sentence that refuses a second driver; the lock itself is the operating system's
  `CREATE TABLE IF NOT EXISTS durable_engine (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    pid INTEGER NOT NULL,
    since TEXT NOT NULL
  ) STRICT`,
];

/** Makes the tables of the durable engine where they are missing. Safe to repeat. */
export const createDurableTables = (database: DatabaseSync): void => {
  for (const statement of statements) database.exec(statement);
};
