import type { Result } from '../core/failure.ts';
import type { EvaluationRequest } from '../gate/request.ts';

/** A request as it came in: nothing of it is believed yet. */
export interface RawRequest {
  readonly method: string;
  /** Without host and query. */
  readonly path: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes that were signed. */
  readonly body: Uint8Array;
  /** ISO 8601. */
  readonly now: string;
  /** Whether a delivery with this id was accepted before. */
  readonly seen?: (deliveryId: string) => boolean;
}

/** What is to be remembered, in one conditional write, once a request was accepted; a second one with any of the ids is refused. */
export interface Delivery {
  readonly ids: readonly string[];
  readonly rememberUntil: string;
}

export interface Asked {
  readonly kind: 'asked';
  readonly request: EvaluationRequest;
  /** Null where the system repeats itself by design: then `idempotencyKey` makes repeating harmless. */
  readonly delivery: Delivery | null;
  /** Needed for the callback, and to be kept with the secrets, never in the record of the evaluation. */
  readonly secret?: string;
}
/** A genuine request that asks nothing of the gate: answer 200 or 204 and do nothing. */
export interface Ignored {
  readonly kind: 'ignored';
  readonly because: string;
}
/** A genuine request that is answered without an evaluation. */
export interface Replied {
  readonly kind: 'replied';
  readonly response: ResponseBody;
}
export type Reading = Result<Asked | Ignored>;

/** How a call proves who we are. The secrets themselves are added where the call is made. */
export type Authorization =
  /** RS256 over these claims with the key of the GitHub App (`signAppToken`), as Bearer. */
  | {
      readonly kind: 'app-token';
      readonly connection: string;
      readonly claims: { readonly iss: string; readonly iat: number; readonly exp: number };
    }
  /** `token` in the JSON answer of the call before, as Bearer. */
  | { readonly kind: 'token-of-call-before' }
  /** A stored token in this header. */
  | { readonly kind: 'stored-token'; readonly connection: string; readonly header: 'private-token' }
  /** `secret` of what was read, as Bearer. */
  | { readonly kind: 'secret-of-request' }
  /** `X-Signature: sha256=<hex>` over the body with a stored key. */
  | { readonly kind: 'hex-signature'; readonly connection: string; readonly header: 'x-signature' }
  /** webhook-id, webhook-timestamp and webhook-signature, as for every webhook of ours. */
  | { readonly kind: 'webhook-signature' };

/** One HTTP call to be made, in order, each after the one before was taken or settled; tried again one by one, never the whole row. Redirects are not followed. */
export interface OutgoingCall {
  readonly method: 'POST';
  /** Made of configuration and ids, or of an address whose host was allowed. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly authorization: Authorization;
  /** Statuses that mean it was taken. */
  readonly success: readonly number[];
  /** Statuses that will not change by trying again: the question is no longer open. 408, 425, 429 and 5xx are tried again, all others are not. */
  readonly settled: readonly number[];
}

/** What to answer on the open connection. */
export interface ResponseBody {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const jsonResponse = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): ResponseBody => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

/** The callback of a request, if it is of that type; another type here is a mistake of ours. */
export const callbackOf = <Type extends NonNullable<EvaluationRequest['callback']>['type']>(
  { callback }: EvaluationRequest,
  type: Type,
): Extract<NonNullable<EvaluationRequest['callback']>, { type: Type }> => {
  if (callback?.type !== type) throw new Error(`the request has no callback of type ${type}`);
  return callback as Extract<NonNullable<EvaluationRequest['callback']>, { type: Type }>;
};
