import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { failed, type Result, succeed } from '../core/failure.ts';
import { timeOf } from '../core/time.ts';
import { traceOf } from '../core/trace.ts';
import type { Clock } from '../ports/clock.ts';
import { type Answer, finished, problemAnswer } from './answers.ts';
import { type ApiHandler, usualLimits } from './api-handler.ts';
import { hookBytes, hooksPrefix } from './hook-paths.ts';
import { isOurHost } from './host-names.ts';
import type { Log } from './log.ts';
import { eventOf, readBody } from './node-event.ts';
import { asRefusal, Refusal } from './refusal.ts';

/** Something that is answered beside the API, with streams: downloads. It says itself who may have what. */
export interface RawRoute {
  /** Beginning of the paths that are its own, e.g. `/files/`. */
  readonly prefix: string;
  readonly methods: readonly ('GET' | 'HEAD')[];
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface NodeServerOptions {
  readonly handler: ApiHandler;
  readonly clock: Clock;
  readonly log: Log;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly rawRoutes?: readonly RawRoute[];
  /** Names under which it is reached besides loopback's; asked for on loopback, and elsewhere when there are any. */
  readonly hostNames?: readonly string[];
  /** Bytes of a body at most; that of the handler. */
  readonly bodyBytes?: number;
  /** Milliseconds that open requests are waited for when it closes; default 10 s. */
  readonly patience?: number;
  /** Milliseconds in which headers, and then the whole request, must have come; default 10 s and 30 s. */
  readonly timeouts?: { readonly headers: number; readonly request: number };
}
export interface RunningServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Takes nothing new, finishes what is under way, then is closed. */
  close(): Promise<void>;
}

const send = (response: ServerResponse, { statusCode, headers, body }: Answer, isLast: boolean): void => {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(statusCode, {
    ...headers,
    ...(statusCode === 204 || response.req.method === 'HEAD' ? {} : { 'content-length': String(Buffer.byteLength(body ?? '')) }),
    ...(isLast ? { connection: 'close' } : {}),
  });
  response.end(body);
};

const earlyRefusal = (code: string | undefined): Refusal => {
  if (code === 'HPE_HEADER_OVERFLOW') return new Refusal('headers-too-large', 'The headers are too large; send fewer or shorter ones.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal('request-too-slow', 'The request did not come in time; send it again.');
  return new Refusal('input-invalid', 'This is no HTTP request that can be read.');
};

/** What node refuses before there is a request: too slow, too large, not HTTP. */
const refuseEarly = (error: Error & { code?: string }, socket: Socket, requestId: string): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const refusal = earlyRefusal(error.code);
  const { headers, body = '' } = finished(problemAnswer(refusal, requestId), requestId, 'GET');
  const head = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  socket.end(`HTTP/1.1 ${refusal.statusCode} Refused\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
};

const createListener = (options: NodeServerOptions, listensOn: string, isClosing: () => boolean) => {
  const { handler, clock, log, rawRoutes = [], hostNames = [], bodyBytes = usualLimits.bodyBytes } = options;
  const answer = async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    if (!isOurHost(request.headers.host, listensOn, hostNames))
      throw new Refusal(
        'host-unknown',
        'This service is not reached under that name. Use its address, or tell it its name when it is started.',
      );
    const target = request.url ?? '/';
    const raw = rawRoutes.find(({ prefix, methods }) => target.startsWith(prefix) && methods.some((method) => method === request.method));
    if (raw) {
      response.setHeader('x-request-id', requestId);
      const begun = timeOf(clock.now());
      const noted = { requestId, method: request.method ?? '', route: raw.prefix };
      response.once('close', () => log('info', 'REQUEST_DONE', { ...noted, status: response.statusCode, ms: timeOf(clock.now()) - begun }));
      return raw.handle(request, response);
    }
    const most = target.startsWith(hooksPrefix) ? hookBytes : bodyBytes;
    const body = await readBody(request, most);
    if (!body) return;
    const answered = await handler(eventOf(request, body, requestId));
    send(response, answered, body.length > most || isClosing());
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = clock.id();
    try {
      await answer(request, response, requestId);
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.code === 'internal-error') log('error', 'REQUEST_BROKEN', { requestId, route: '-', ...traceOf(error) });
      // a stream that broke in the middle must not look complete
      if (response.headersSent) response.destroy();
      else send(response, finished(problemAnswer(refusal, requestId), requestId, request.method ?? 'GET'), true);
    }
  };
};

const closer = (server: Server, patience: number): (() => Promise<void>) => {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= new Promise((done) => {
      const late = setTimeout(() => server.closeAllConnections(), patience);
      server.close(() => {
        clearTimeout(late);
        done();
      });
    });
    return closed;
  };
};

/** Serves the API on one machine. */
export const startServer = async (options: NodeServerOptions): Promise<Result<RunningServer>> => {
  const { host = '127.0.0.1', port, clock, log, patience = 10_000, timeouts = { headers: 10_000, request: 30_000 } } = options;
  let isClosing = false;
  const listener = createListener(options, host, () => isClosing);
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: Math.min(2000, timeouts.headers),
      maxHeaderSize: 32_768,
    },
    (request, response) => void listener(request, response),
  );
  server.on('clientError', (error, socket) => refuseEarly(error, socket as Socket, clock.id()));
  const trouble = await new Promise<string | undefined>((done) => {
    server.once('error', (error: Error & { code?: string }) => done(error.code ?? 'unknown'));
    server.listen(port, host, () => done(undefined));
  });
  if (trouble !== undefined)
    return failed('input-invalid', `Cannot listen on ${host}:${port} (${trouble}). Choose another port, or stop what uses it.`);
  const bound = (server.address() as AddressInfo).port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
  log('info', 'SERVER_LISTENING', { host, port: bound });
  const close = closer(server, patience);
  return succeed({
    host,
    port: bound,
    url,
    close: async () => {
      isClosing = true;
      await close();
      log('info', 'SERVER_CLOSED', { port: bound });
    },
  });
};
