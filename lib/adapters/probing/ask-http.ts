import http, { type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { endpointText, type HttpAnswer, type HttpRequest, type NoAnswer } from '../../core/probing/index.ts';
import { decode, type Raw } from './decode.ts';
import { noAnswer, waitFor } from './ending.ts';
import { codeOf, onSecure, onTrusted, tlsEnd } from './handshake.ts';
import { answerLimits, type Line, onConnection } from './line.ts';

/** Bytes of a body unless told otherwise. */
const usualBytes = 65_536;
/** More than any honest server sends: bytes of headers, headers, and answers that are none yet (1xx). */
const mostHeaderBytes = 32_768;
const mostHeaders = 100;
const mostInterim = 10;
const tooMuch = ['HPE_HEADER_OVERFLOW', 'HPE_CHUNK_EXTENSIONS_OVERFLOW'];

/** Names that the sender alone writes. */
const own = ['host', 'user-agent', 'connection', 'content-length', 'transfer-encoding'];

const headersOf = (request: HttpRequest, { door, userAgent, token }: Line): Record<string, string> => ({
  accept: '*/*',
  'accept-encoding': 'identity',
  ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
  ...Object.fromEntries(
    Object.entries(request.headers ?? {})
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !own.includes(name)),
  ),
  // only ever on a connection whose server proved to be the API server
  ...(request.withToken && token ? { authorization: `Bearer ${token.value}` } : {}),
  host: door.host ?? endpointText(door),
  'user-agent': userAgent,
  connection: 'close',
});

const faultOf = (error: Error): NoAnswer => {
  const code = codeOf(error);
  if (tooMuch.includes(code)) return noAnswer('hostile', 'endless headers');
  if (code === 'HPE_INVALID_EOF_STATE') return noAnswer('hung-up', 'the connection ended in the middle of the answer');
  if (code.startsWith('HPE_')) return noAnswer('malformed', 'what came is not HTTP');
  return tlsEnd(error);
};

/** An answer whose body is not decompressed yet. */
interface Received extends Raw {
  readonly response: IncomingMessage;
}

const collect = (response: IncomingMessage, most: number, settle: (received: Received | NoAnswer) => void): void => {
  if (response.rawHeaders.length / 2 > mostHeaders) {
    settle(noAnswer('hostile', 'endless headers'));
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const received = (isCut: boolean): Received => ({ response, bytes: Buffer.concat(chunks), isCut });
  response.on('data', (chunk: Buffer) => {
    if (length > most) return;
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) settle(received(true));
  });
  response.once('end', () => settle(received(false)));
  response.once('error', (error) => settle(faultOf(error)));
};

const converse = (socket: Socket, request: HttpRequest, line: Line): Promise<Received | NoAnswer> =>
  waitFor<Received>(answerLimits(line), ({ settle, begun }) => {
    const { method, path, mostBytes = usualBytes } = request;
    const sent = http.request({
      // no agent: this very connection, and only once
      createConnection: () => socket,
      method,
      path,
      headers: headersOf(request, line),
      maxHeaderSize: mostHeaderBytes,
      insecureHTTPParser: false,
    });
    sent.maxHeadersCount = mostHeaders + 1;
    let interim = 0;
    let isComplete = () => false;
    sent.on('information', () => {
      interim += 1;
      if (interim > mostInterim) settle(noAnswer('hostile', 'endless answers that are none yet'));
    });
    sent.once('upgrade', (response) => settle({ response, bytes: Buffer.alloc(0), isCut: false }));
    sent.once('response', (response) => {
      begun();
      isComplete = () => response.complete;
      collect(response, mostBytes, settle);
    });
    sent.on('error', (error) => {
      // bytes behind a whole answer spoil nothing
      if (!isComplete()) settle(faultOf(error));
    });
    sent.once('close', () => {
      if (!isComplete()) settle(noAnswer('hung-up', 'the connection ended'));
    });
    sent.end(request.body);
  });

const plainHeaders = (response: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

const talk = async (socket: Socket, request: HttpRequest, line: Line): Promise<HttpAnswer | NoAnswer> => {
  const received = await converse(socket, request, line);
  if ('is' in received) return received;
  const { response } = received;
  const decoded = await decode(received, response.headers['content-encoding'] ?? '', request.mostBytes ?? usualBytes);
  if ('is' in decoded) return decoded;
  return {
    is: 'http',
    status: response.statusCode ?? 0,
    headers: plainHeaders(response),
    body: decoded.bytes.toString('utf8'),
    isCut: decoded.isCut,
  };
};

const noToken = noAnswer('forbidden', 'no token was given');

/** One request and its answer. Redirects are answers like others. */
export const askHttp = async (request: HttpRequest, line: Line): Promise<HttpAnswer | NoAnswer> => {
  const { token } = line;
  if (request.withToken && token === undefined) return noToken;
  return onConnection(line, (socket) => {
    if (request.over === 'plain') return talk(socket, request, line);
    return request.withToken && token
      ? onTrusted(socket, line, token, (secure) => talk(secure, request, line))
      : onSecure(socket, line, (secure) => talk(secure, request, line));
  });
};
