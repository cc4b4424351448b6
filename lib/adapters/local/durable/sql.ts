import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { alone } from '../transaction.ts';

/** A database with its statements prepared once, rows as the caller knows them to be, and transactions. */
export interface Sql {
  all<Row>(text: string, ...values: SQLInputValue[]): Row[];
  one<Row>(text: string, ...values: SQLInputValue[]): Row | undefined;
  /** Answers how many rows changed. */
  run(text: string, ...values: SQLInputValue[]): number;
  /** Everything `work` writes is written, or nothing is. */
  transaction<T>(work: () => T): T;
}

export const createSql = (database: DatabaseSync): Sql => {
  const prepared = new Map<string, StatementSync>();
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text) ?? database.prepare(text);
    prepared.set(text, known);
    return known;
  };
  return {
    // the tables are STRICT and ours: a row has the columns that the statement beside the type names
    all: <Row>(text: string, ...values: SQLInputValue[]) => statement(text).all(...values) as Row[],
    one: <Row>(text: string, ...values: SQLInputValue[]) => statement(text).get(...values) as Row | undefined,
    run: (text, ...values) => Number(statement(text).run(...values).changes),
    transaction: (work) => alone(database, work),
  };
};
