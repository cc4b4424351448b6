import { failed, type Result } from '../../core/failure.ts';

/** What the SDK's clients throw, as far as it is of use here. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
  readonly $retryable?: unknown;
  readonly code?: unknown;
}

const refusals =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized|AuthorizationError(Exception)?|KMSAccessDeniedException)$/;
const credentials =
  /^(CredentialsProviderError|ExpiredToken(Exception)?|UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|TokenRefreshRequired)$/;
const passing =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|ProvisionedThroughputExceeded|SlowDown|RequestTimeout|TimeoutError|NetworkingError|AbortError)/;
const networkCodes = /^(ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH)/;

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error &&
  ('$metadata' in error ||
    credentials.test(error.name) ||
    passing.test(error.name) ||
    ('code' in error && networkCodes.test(String(error.code))));

/** The name AWS gave an error; empty for anything else. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** What AWS would not or could not do, as a failure. `action` is the IAM action, e.g. `dynamodb:PutItem`. What AWS never says (a bug of ours) is thrown on. */
export const awsFailure = (error: unknown, action: string): ReturnType<typeof failed> => {
  if (!isServiceError(error)) throw error;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (refusals.test(error.name)) {
    return failed(
      'permission-missing',
      `AWS does not allow this role ${action}. Grant it, and check the policies of the resource and of its key.`,
      action,
    );
  }
  if (credentials.test(error.name)) {
    return failed('credential-refused', `AWS does not accept the credentials (${error.name} at ${action}). Renew them.`);
  }
  if (passing.test(error.name) || status >= 500 || status === 429 || ('code' in error && networkCodes.test(String(error.code)))) {
    return failed('timed-out', `AWS could not do ${action} just now (${error.name}). Try again.`);
  }
  return failed('output-failed', `AWS refused ${action}: ${error.name}: ${error.message}`);
};

/** Does something with AWS and turns what it throws into a failure. */
export const orAwsTrouble = async <T>(action: string, work: () => Promise<Result<T>>): Promise<Result<T>> => {
  try {
    return await work();
  } catch (error) {
    return awsFailure(error, action);
  }
};
