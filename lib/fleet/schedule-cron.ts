import { failed, type Result, succeed } from '../core/failure.ts';

// The dialect is the one of CronJobs in Kubernetes, and narrower: five fields of `*`, `*/n`, `a`, `a-b`, `a-b/n` and lists of these, names for
// months and days. Nothing that only some crons know (seconds, L, W, #, ?, `a/n`, @daily), so that a schedule means the same everywhere.

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const fields = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of week', from: 0, to: 7, names: days },
] as const satisfies readonly Field[];

/** A cron expression, read. */
export interface Cron {
  /** The five fields with one space between them, as they were written. */
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** `undefined`: every day. Where both day fields are given, either is enough, as in every cron. */
  readonly daysOfMonth: readonly number[] | undefined;
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly daysOfWeek: readonly number[] | undefined;
}

const bounds = ({ from, to, names }: Field): string =>
  names ? `${from}–${to} or ${names[0]?.toUpperCase()}–${names.at(-1)?.toUpperCase()}` : `${from}–${to}`;

const readNumber = (field: Field, text: string): number | string => {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + field.from;
  if (!/^\d{1,2}$/.test(text)) return `"${text}" is not a number`;
  const number = Number(text);
  return number >= field.from && number <= field.to ? number : `${number} is out of range`;
};

const readRange = (field: Field, text: string): readonly [number, number] | string => {
  if (text === '*') return [field.from, field.to];
  const ends = text.split('-').map((end) => readNumber(field, end));
  const bad = ends.find((end) => typeof end === 'string');
  if (typeof bad === 'string') return bad;
  const [first, last = first, ...more] = ends as [number, ...number[]];
  if (more.length > 0) return `"${text}" is not a range`;
  return first <= last ? [first, last] : `the range "${text}" runs backwards`;
};

const readPart = (field: Field, part: string): readonly number[] | string => {
  const [rangeText = '', stepText, ...more] = part.split('/');
  const range = readRange(field, rangeText);
  if (typeof range === 'string') return range;
  const [first, last] = range;
  if (stepText === undefined) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (!/^[1-9]\d?$/.test(stepText) || more.length > 0) return `the step of "${part}" is not a number from 1`;
  if (rangeText !== '*' && !rangeText.includes('-')) return `a step needs a range before it, such as ${first}-${field.to}/${stepText}`;
  const step = Number(stepText);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
};

const readField = (field: Field, text: string): readonly number[] | string => {
  const values = new Set<number>();
  const parts = text.split(',');
  if (parts.length > 1 && parts.includes('*')) return '"*" stands alone';
  for (const part of parts) {
    const read = readPart(field, part);
    if (typeof read === 'string') return read;
    // Sunday is 0 and 7
    for (const value of read) values.add(field.name === 'day of week' ? value % 7 : value);
  }
  return [...values].toSorted((a, b) => a - b);
};

const isEvery = (text: string): boolean => text === '*' || text === '*/1';

/** Reads exactly five fields. A failure names the field and what is wrong with it. */
export const parseCron = (text: string): Result<Cron> => {
  const texts = text.trim().split(/\s+/);
  if (texts.length !== fields.length || texts.includes(''))
    return failed(
      'input-invalid',
      `A schedule has exactly five fields (minute, hour, day of month, month, day of week); "${text.trim()}" has ${texts.filter(Boolean).length}.`,
    );
  const values: (readonly number[])[] = [];
  for (const [index, field] of fields.entries()) {
    const read = readField(field, texts[index] as string);
    if (typeof read === 'string')
      return failed('input-invalid', `The ${field.name} field "${texts[index]}" cannot be read: ${read}. Allowed is ${bounds(field)}.`);
    values.push(read);
  }
  const [minutes, hours, daysOfMonth, monthsOfYear, daysOfWeek] = values as [number[], number[], number[], number[], number[]];
  return succeed({
    text: texts.join(' '),
    minutes,
    hours,
    daysOfMonth: isEvery(texts[2] as string) ? undefined : daysOfMonth,
    months: monthsOfYear,
    daysOfWeek: isEvery(texts[4] as string) ? undefined : daysOfWeek,
  });
};
