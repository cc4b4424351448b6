import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';

export const scanFunction = 'arn:aws:lambda:eu-central-1:123456789012:function:gatehouse-scan';

interface Execution {
  readonly name: string;
  readonly payload: unknown;
  status: 'RUNNING' | 'SUCCEEDED';
}
/** A request as it came over HTTP. */
export interface AskedLambda {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const base = `/functions/${scanFunction}`;
const pageSize = 2;
const arnOf = (name: string): string => `${scanFunction}:7/durable-execution/${name}/1`;
const shown = ({ name, status }: Execution) => ({
  DurableExecutionArn: arnOf(name),
  DurableExecutionName: name,
  FunctionArn: scanFunction,
  Status: status,
  StartTimestamp: 1,
});

/**
 * Durable executions of Lambda as its documentation describes them, over real HTTP: the emulator of AWS has none. `compares`: an execution that is there with the same payload is a success; without, every name that is
 * taken is refused. What was asked is kept, for who asserts the exact request.
 */
export const durableLambda = async ({ compares }: { readonly compares: boolean }) => {
  const executions: Execution[] = [];
  const asked: AskedLambda[] = [];

  const invoke = ({ headers, body }: AskedLambda): { status: number; error?: string } => {
    const name = String(headers['x-amz-durable-execution-name']);
    const payload: unknown = JSON.parse(body);
    const there = executions.find((one) => one.name === name);
    if (!there) executions.push({ name, payload, status: 'RUNNING' });
    const isTaken = there !== undefined && !(compares && isDeepStrictEqual(there.payload, payload));
    return isTaken ? { status: 409, error: 'DurableExecutionAlreadyStartedException' } : { status: 202 };
  };
  const list = ({ searchParams }: URL): object => {
    const [name, statuses] = [searchParams.get('DurableExecutionName'), searchParams.getAll('Statuses')];
    const fitting = executions
      .filter((one) => (name === null || one.name === name) && (statuses.length === 0 || statuses.includes(one.status)))
      .toReversed();
    const from = Number(searchParams.get('Marker') ?? 0);
    const next = from + pageSize < fitting.length ? { NextMarker: String(from + pageSize) } : {};
    return { DurableExecutions: fitting.slice(from, from + pageSize).map(shown), ...next };
  };
  const answer = (request: AskedLambda): { status: number; error?: string; body?: object } => {
    const path = decodeURIComponent(request.url.pathname);
    if (path === `/2015-03-31${base}:live/invocations`) return invoke(request);
    if (path === `/2025-12-01${base}/durable-executions`) return { status: 200, body: list(request.url) };
    const there = executions.find(({ name }) => path === `/2025-12-01/durable-executions/${arnOf(name)}`);
    return there
      ? { status: 200, body: { ...shown(there), InputPayload: JSON.stringify(there.payload) } }
      : { status: 404, error: 'ResourceNotFoundException' };
  };

  const server = createServer(async (request, response) => {
    const one = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://lambda'),
      headers: request.headers,
      body: await text(request),
    };
    asked.push(one);
    const { status, error, body } = answer(one);
    response.writeHead(status, { 'content-type': 'application/json', ...(error ? { 'x-amzn-errortype': error } : {}) });
    response.end(status === 202 ? undefined : JSON.stringify(body ?? { Message: 'no' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
  return {
    client,
    asked,
    executions,
    end: (name: string): void => {
      for (const one of executions) if (one.name === name) one.status = 'SUCCEEDED';
    },
    close: (): void => {
      client.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
};
