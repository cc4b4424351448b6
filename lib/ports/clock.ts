/** Time and ids as inputs, so that what depends on them can be shown at any time. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds. */
  now(): string;
  /** 128 random bits as lower-case hex, from a cryptographic source. */
  id(): string;
}
