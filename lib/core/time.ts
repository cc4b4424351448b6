/** Milliseconds since 1970 of an ISO 8601 time, or `undefined` when the text is none. The one place where pure folders read times. */
export const readTime = (iso: string): number | undefined => {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : ms;
};

/** A date for a library that insists on one, from an ISO 8601 time. Throws on anything else. */
export const toDate = (iso: string): Date => {
  const ms = readTime(iso);
  if (ms === undefined) throw new Error(`not an ISO 8601 time: ${iso}`);
  return new Date(ms);
};

/** ISO 8601 in UTC with milliseconds, from milliseconds since 1970. */
export const writeTime = (ms: number): string => new Date(ms).toISOString();

/** The same, from a date that a library gave. */
export const fromDate = (date: Date): string => date.toISOString();

/** An ISO 8601 time as milliseconds, where a schema has vouched for it. Throws on anything else. */
export const timeOf = (iso: string): number => toDate(iso).getTime();

/** Lengths in milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const addMinutes = (iso: string, minutes: number): string => writeTime(timeOf(iso) + minutes * minute);
export const addDays = (iso: string, days: number): string => writeTime(timeOf(iso) + days * day);
