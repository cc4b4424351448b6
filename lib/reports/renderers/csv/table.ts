import { stringify } from 'csv-stringify/sync';
import type { Rendered } from '../renderer.ts';

/** One column: its name in the first line, what it means (for the documentation), and its text for a row. */
export interface Column<Row> {
  readonly name: string;
  readonly meaning: string;
  readonly of: (row: Row) => string | number | boolean | null | undefined;
}

/**
 * Signs that make a spreadsheet run a cell, ASCII and full-width. Spreadsheets skip white space and invisible characters before them, so these count as well; a
 * leading tab, line break or carriage return is dangerous by itself.
 */
const runs = /^(?:[\s\p{Cc}\p{Cf}\p{Z}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u;

/** Text that no spreadsheet takes for a formula: what looks like one gets an apostrophe in front. */
export const harmless = (text: string): string => (runs.test(text) ? `'${text}` : text);

const cell = (value: ReturnType<Column<unknown>['of']>): string =>
  typeof value === 'string' ? harmless(value) : value === null || value === undefined ? '' : String(value);

const line = (cells: readonly string[]): string => stringify([[...cells]], { record_delimiter: 'windows' });

/**
 * RFC 4180: CRLF, quotes where needed. Starts with a byte order mark, because without one Excel reads UTF-8 as the code page of the machine and breaks every name
 * that is not ASCII; programs that do not skip it see it before the name of the first column only.
 */
export async function* csv<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Rendered {
  let piece = `\uFEFF${line(columns.map(({ name }) => name))}`;
  for (const row of rows) {
    piece += line(columns.map(({ of }) => cell(of(row))));
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** Columns as they are documented: name and meaning. */
export const documented = <Row>(columns: readonly Column<Row>[]): readonly { readonly name: string; readonly meaning: string }[] =>
  columns.map(({ name, meaning }) => ({ name, meaning }));
