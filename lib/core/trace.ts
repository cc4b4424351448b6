/** What may be said of a bug: its kind and the places in our code. Never its message or cause, which may quote what somebody sent. */
export const traceOf = (error: unknown): { readonly error: string; readonly trace: string } =>
  error instanceof Error
    ? {
        error: error.name,
        trace: (error.stack ?? '')
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 8)
          .map((line) => line.trim())
          .join(' < '),
      }
    : { error: typeof error, trace: '' };
