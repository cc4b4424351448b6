import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** How much more than it may be a body is read and thrown away, so that the client hears the answer: a connection cut while it sends would swallow it. */
const surplus = 16;

/** Bytes of a body, one more than `most` at the most: enough to see that it is too large. `undefined` when the client went away. */
export const readBody = (request: IncomingMessage, most: number): Promise<Buffer | undefined> =>
  new Promise((done) => {
    const parts: Buffer[] = [];
    let size = 0;
    const finish = () => done(Buffer.concat(parts, Math.min(size, most + 1)));
    request.on('data', (part: Buffer) => {
      if (size <= most) parts.push(part);
      size += part.length;
      if (size > most * surplus) finish();
    });
    request.once('end', finish);
    request.once('error', () => done(undefined));
    request.once('close', () => done(undefined));
  });

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );

/** The event that an HTTP API of API Gateway would make of this request. */
export const eventOf = (request: IncomingMessage, body: Buffer, requestId: string): APIGatewayProxyEventV2 => {
  const target = request.url ?? '/';
  const cut = target.indexOf('?');
  const rawPath = cut < 0 ? target : target.slice(0, cut);
  const headers = headersOf(request);
  const http = {
    method: request.method ?? 'GET',
    path: rawPath,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '',
    userAgent: headers['user-agent'] ?? '',
  };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: cut < 0 ? '' : target.slice(cut + 1),
    headers,
    requestContext: {
      accountId: '',
      apiId: '',
      domainName: headers.host ?? '',
      domainPrefix: '',
      http,
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    // bytes as they came: only then can bad UTF-8 be told from a question mark in a box
    ...(body.length > 0 ? { body: body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0,
  };
};
