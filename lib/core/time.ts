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
