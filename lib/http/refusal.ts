import type { Problem } from '../api/problem.ts';
import { type Failure, failureCodes } from '../core/failure.ts';

/** Kinds of trouble that only HTTP has. */
const httpCodes = {
  'method-not-allowed': 405,
  'request-too-slow': 408,
  'precondition-failed': 412,
  'body-too-large': 413,
  'media-type-unsupported': 415,
  'host-unknown': 421,
  'key-reused': 422,
  'precondition-required': 428,
  'rate-limited': 429,
  'headers-too-large': 431,
  'internal-error': 500,
} as const;
export type RefusalCode = Failure['code'] | keyof typeof httpCodes;

const titles: Readonly<Record<RefusalCode, string>> = {
  'input-invalid': 'The request is not valid',
  'kubeconfig-invalid': 'The kubeconfig cannot be used',
  'credential-refused': 'Sign in first',
  'permission-missing': 'Not allowed',
  'not-found': 'Not found',
  'cluster-unreachable': 'The cluster does not answer',
  'cluster-untrusted': 'The cluster is not the one it should be',
  'cluster-overloaded': 'The cluster is overloaded',
  'answer-invalid': 'The cluster answered something unexpected',
  'version-unsupported': 'Version not supported',
  'output-failed': 'The service could not store it',
  conflict: 'In conflict with the present state',
  'timed-out': 'It took too long',
  cancelled: 'Cancelled',
  'method-not-allowed': 'Method not allowed',
  'request-too-slow': 'The request came too slowly',
  'precondition-failed': 'Changed since you read it',
  'body-too-large': 'The body is too large',
  'media-type-unsupported': 'Media type not supported',
  'host-unknown': 'Not served under this name',
  'key-reused': 'Idempotency key used for something else',
  'precondition-required': 'If-Match is required',
  'rate-limited': 'Too many requests',
  'headers-too-large': 'The headers are too large',
  'internal-error': 'The service failed',
};

export const statusOf = (code: RefusalCode): number =>
  code in httpCodes ? httpCodes[code as keyof typeof httpCodes] : failureCodes[code as Failure['code']].http;

export interface RefusalDetails {
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: NonNullable<Problem['errors']>;
}

/**
 * Why a request is not done. Thrown inside lib/http only: a middy chain is left by an error, and only then do its `onError` parts (audit, problem answer) run.
 * Holds sentences of ours and nothing that the caller sent as a secret.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** Under the name that middy looks for: errors that have one pass through its parts unchanged. */
  readonly statusCode: number;
  readonly details: RefusalDetails;
  constructor(code: RefusalCode, say: string, details: RefusalDetails = {}) {
    super(say);
    this.name = 'Refusal';
    this.code = code;
    this.statusCode = statusOf(code);
    this.details = details;
  }
}

/** Errors that an answer names at most. */
const mostErrors = 50;

/** The refusal that a failure of the service is. */
export const refusalOf = ({ code, say, errors }: Failure): Refusal =>
  new Refusal(code, say, errors ? { errors: errors.slice(0, mostErrors).map((one) => ({ ...one })) } : {});

const isParserError = (error: unknown): boolean => error instanceof Error && 'statusCode' in error && error.statusCode === 422;

/** Any error as a refusal: what is neither ours nor of the JSON parser is a bug, and says nothing of itself outside. */
export const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  // its cause quotes the body: nothing of it may go on
  if (isParserError(error)) return new Refusal('input-invalid', 'The body is not JSON that can be read; correct it and send it again.');
  return new Refusal(
    'internal-error',
    'Something in the service is broken. Try again; if it stays, give the id of this request to whoever runs the service.',
  );
};

export const problemOf = (refusal: Refusal, requestId: string): Problem => ({
  type: `https://gatehouse.dev/problems/${refusal.code}`,
  title: titles[refusal.code],
  status: refusal.statusCode,
  detail: refusal.message,
  code: refusal.code,
  instance: requestId,
  ...(refusal.details.errors ? { errors: refusal.details.errors } : {}),
});
