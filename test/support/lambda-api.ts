import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { onTestFinished } from 'vitest';

export interface LambdaAnswer {
  readonly status: number;
  readonly error?: string;
  readonly body?: unknown;
}
export interface LambdaAnswers {
  readonly invoke?: LambdaAnswer;
  /** Lists of runs: of those that are alive, and by name. */
  readonly list?: LambdaAnswer | ((query: URLSearchParams) => LambdaAnswer);
  readonly get?: LambdaAnswer;
}

/** The Lambda API as far as it is asked, over real HTTP: answers by operation, and what was asked. */
export const lambdaApi = async (answers: LambdaAnswers) => {
  const asked: { readonly request: IncomingMessage; readonly body: string }[] = [];
  const none: LambdaAnswer = { status: 500, error: 'ServiceException' };
  const answerTo = (path: string): LambdaAnswer | undefined => {
    const { pathname, searchParams } = new URL(path, 'http://lambda');
    if (pathname.endsWith('/invocations')) return answers.invoke;
    if (!pathname.includes('/functions/')) return answers.get;
    return typeof answers.list === 'function' ? answers.list(searchParams) : answers.list;
  };
  const server = createServer(async (request, response) => {
    asked.push({ request, body: await text(request) });
    const answer = answerTo(request.url ?? '') ?? none;
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(answer.error ? { 'x-amzn-errortype': answer.error } : {}),
    });
    response.end(answer.status === 202 ? undefined : JSON.stringify(answer.body ?? { Message: 'no' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const lambda = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
  onTestFinished(() => lambda.destroy());
  return { asked, lambda };
};
