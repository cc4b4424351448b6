/**
 * A step that could not finish. Values, not exceptions: a thrown error is a bug. `say` is the one sentence the user reads:
 * what went wrong and what to do about it, never a secret.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly say: string;
  /** For `permission-missing`: the right that would help, as `verb resource`. */
  readonly needs?: string;
  /** Everything that is wrong with what was given, where there may be several things, each with its place. */
  readonly errors?: readonly { readonly at: string; readonly message: string }[];
}

/** What each kind of failure means outside: HTTP status, exit status of the CLI, and whether trying again can help. */
export const failureCodes = {
  'input-invalid': { http: 400, exit: 2, retry: false },
  'kubeconfig-invalid': { http: 400, exit: 2, retry: false },
  'credential-refused': { http: 401, exit: 2, retry: false },
  'permission-missing': { http: 403, exit: 2, retry: false },
  'not-found': { http: 404, exit: 2, retry: false },
  'cluster-unreachable': { http: 502, exit: 2, retry: true },
  'cluster-untrusted': { http: 502, exit: 2, retry: false },
  'cluster-overloaded': { http: 503, exit: 2, retry: true },
  'answer-invalid': { http: 502, exit: 2, retry: false },
  'version-unsupported': { http: 422, exit: 2, retry: false },
  'output-failed': { http: 500, exit: 2, retry: false },
  conflict: { http: 409, exit: 2, retry: false },
  'timed-out': { http: 504, exit: 2, retry: true },
  cancelled: { http: 499, exit: 130, retry: false },
} as const satisfies Record<string, { http: number; exit: number; retry: boolean }>;
export type FailureCode = keyof typeof failureCodes;

/** Either a value or the reason there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (code: FailureCode, say: string, needs?: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: needs === undefined ? { code, say } : { code, say, needs },
});
