import { readTime } from '../../core/time.ts';
import { table, widest } from '../table.ts';
import { styled, type Terminal } from '../terminal.ts';
import { plain } from './http/problem.ts';

/** A column of a list: its title, and what of an item stands there. Times are given as the API gives them. */
export type Column<T> = readonly [title: string, text: (item: T) => string | number | boolean | undefined];

const isTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(text) && readTime(text) !== undefined;

/** A time as the clock on the wall shows it: `2026-11-27 13:05`. */
export const localTime = ({ env }: Pick<Terminal, 'env'>, iso: string): string => {
  const options = { dateStyle: 'short', timeStyle: 'short' } as const;
  // Swedes write dates as ISO does
  const format = (timeZone?: string) => new Intl.DateTimeFormat('sv-SE', timeZone === undefined ? options : { ...options, timeZone });
  try {
    return format(env.TZ || undefined).format(readTime(iso));
  } catch {
    return format().format(readTime(iso));
  }
};

/** A value in a cell: times local, nothing that moves the cursor. */
export const shownValue = (terminal: Terminal, value: string | number | boolean | undefined): string => {
  if (value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' && isTime(value) ? localTime(terminal, value) : plain(String(value));
};

const widestCell = 44;

/** A list as a table with a head; a sentence when it is empty. */
export const listText = <T>(terminal: Terminal, items: readonly T[], columns: readonly Column<T>[], none: string): string => {
  if (items.length === 0) return `${none}\n`;
  const rows = items.map((item) => columns.map(([, text]) => shownValue(terminal, text(item))));
  const head = columns.map(([title]) => title);
  const widths = head.slice(0, -1).map((title, index) => widest([title, ...rows.map((row) => row[index] ?? '')], widestCell));
  return table(terminal, [head.map((title) => styled(terminal, 'bold', title)), ...rows], widths);
};

/** `lastSeenAt` → `last seen at`. */
const words = (name: string): string => name.replace(/[A-Z]+/g, (letters) => ` ${letters.toLowerCase()}`);

type Row = readonly [name: string, text: string];

const rowsOf = (terminal: Terminal, value: unknown, name: string): Row[] => {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [[name, shownValue(terminal, value.join(', '))]];
    return value.flatMap((item, index) => rowsOf(terminal, item, `${name} ${index + 1}`));
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => rowsOf(terminal, inner, `${name}${name === '' ? '' : ' · '}${words(key)}`));
  return [[name, shownValue(terminal, value as string | number | boolean)]];
};

/** Everything that is known of one thing, a line for each field. */
export const detailsText = (terminal: Terminal, value: object): string => {
  const rows = rowsOf(terminal, value, '');
  const width = widest(
    rows.map(([name]) => name),
    widestCell,
  );
  return table(
    terminal,
    rows.map(([name, text]) => [styled(terminal, 'bold', name), text]),
    [width],
  );
};
