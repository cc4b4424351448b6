/**
 * Where the HTTP side reports. Codes never change, fields may. Fields hold no header, no query, no body and no token.
 * REQUEST_DONE · REQUEST_BROKEN (a bug) · ANSWER_UNFIT (an answer that breaks the contract: a bug) · AUDIT_NOT_WRITTEN · SERVER_LISTENING · SERVER_CLOSED
 */
export type Log = (level: 'info' | 'error', code: LogCode, fields: Readonly<Record<string, string | number>>) => void;
export type LogCode = 'REQUEST_DONE' | 'REQUEST_BROKEN' | 'ANSWER_UNFIT' | 'AUDIT_NOT_WRITTEN' | 'SERVER_LISTENING' | 'SERVER_CLOSED';

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
