import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemOf, type Refusal } from './refusal.ts';

/** What a Lambda behind an HTTP API answers. Bodies are text. */
export type Answer = APIGatewayProxyStructuredResultV2 & { headers: Record<string, string>; statusCode: number };

/** On every answer. Nothing of it is a page, so nothing may be loaded, framed, guessed or kept by a cache. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export const answerOf = (statusCode: number, body: string | undefined, headers: Readonly<Record<string, string>> = {}): Answer => ({
  statusCode,
  headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  body: body ?? '',
});

export const problemAnswer = (refusal: Refusal, requestId: string): Answer => ({
  statusCode: refusal.statusCode,
  headers: { 'content-type': 'application/problem+json', ...refusal.details.headers },
  body: JSON.stringify(problemOf(refusal, requestId)),
});

/** The answer as it goes out: with request id and security headers; to HEAD without the body. */
export const finished = (answer: Answer, requestId: string, method: string): Answer => ({
  ...answer,
  headers: { ...securityHeaders, ...answer.headers, 'x-request-id': requestId },
  body: method === 'HEAD' ? '' : (answer.body ?? ''),
});
